package dev.waggle.platform.plugin;

import dev.waggle.address.AccountId;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.eventlog.EventLog;
import dev.waggle.plugin.Bot;
import dev.waggle.transport.runtime.TaskRuntime;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/// Keeps a cell for each binding of each account that runs on this node.
public final class PluginHost extends AbstractBehavior<PluginHost.Command> {
    public sealed interface Command {}

    /// The account runs here and has this binding. Told again after a change or a restart of the account: then the
    /// cell, when it is paused, tries again.
    public record Run(AccountId account, String plugin) implements Command {}

    public record Stop(AccountId account, String plugin) implements Command {}

    /// The account does not run here any more.
    public record Gone(AccountId account) implements Command {}

    private record Ended(Key key, ActorRef<PluginCell.Command> cell) implements Command {}

    private record Key(AccountId account, String plugin) {}

    private final PluginRegistry registry;
    private final BiConsumer<AccountId, AccountCommand> accounts;
    private final EventLog log;
    private final TaskRuntime runtime;
    private final PluginCell.Limits limits;
    private final Map<Key, ActorRef<PluginCell.Command>> cells = new HashMap<>();
    private long spawned;

    public static Behavior<Command> create(
            PluginRegistry registry,
            BiConsumer<AccountId, AccountCommand> accounts,
            EventLog log,
            TaskRuntime runtime,
            PluginSettings settings) {
        return Behaviors.setup(context -> new PluginHost(context, registry, accounts, log, runtime, settings));
    }

    private PluginHost(
            ActorContext<Command> context,
            PluginRegistry registry,
            BiConsumer<AccountId, AccountCommand> accounts,
            EventLog log,
            TaskRuntime runtime,
            PluginSettings settings) {
        super(context);
        this.registry = registry;
        this.accounts = accounts;
        this.log = log;
        this.runtime = runtime;
        this.limits = new PluginCell.Limits(settings.stepEventsMax(), settings.handlerMax(), settings.failuresMax());
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::onMessage).build();
    }

    private Behavior<Command> onMessage(Command message) {
        switch (message) {
            case Run(var account, var plugin) -> run(new Key(account, plugin));
            case Stop(var account, var plugin) -> stop(new Key(account, plugin));
            case Gone(var account) ->
                cells.keySet().stream()
                        .filter(key -> key.account().equals(account))
                        .toList()
                        .forEach(this::stop);
            case Ended(var key, var cell) -> cells.remove(key, cell);
        }
        return this;
    }

    private void run(Key key) {
        ActorRef<PluginCell.Command> running = cells.get(key);
        if (running != null) {
            running.tell(new PluginCell.Resume());
            return;
        }
        if (registry.create(key.plugin()).isEmpty()) {
            getContext().getLog().error("plugin {} bound to {} is not on this node", key.plugin(), key.account());
            return;
        }
        Behavior<PluginCell.Command> cell = PluginCell.create(
                key.account(),
                key.plugin(),
                () -> bot(key.plugin()),
                command -> accounts.accept(key.account(), command),
                log,
                runtime,
                limits);
        ActorRef<PluginCell.Command> ref = getContext()
                .spawn(
                        Behaviors.supervise(cell).onFailure(SupervisorStrategy.restart()),
                        "cell-" + ++spawned + "-" + key.plugin());
        cells.put(key, ref);
        getContext().watchWith(ref, new Ended(key, ref));
    }

    private Bot bot(String plugin) {
        return registry.create(plugin).orElseThrow();
    }

    private void stop(Key key) {
        ActorRef<PluginCell.Command> cell = cells.remove(key);
        if (cell != null) {
            getContext().stop(cell);
        }
    }
}
