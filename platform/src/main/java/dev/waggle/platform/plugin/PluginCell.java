package dev.waggle.platform.plugin;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.AccountCommand.PluginSend;
import dev.waggle.platform.account.AccountCommand.PluginStepDone;
import dev.waggle.platform.account.AccountCommand.PluginView;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.account.Refusal;
import dev.waggle.platform.eventlog.EventLog;
import dev.waggle.plugin.Bot;
import dev.waggle.proto.journal.BotState;
import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.stanza.message.MessageContent;
import dev.waggle.transport.runtime.Task;
import dev.waggle.transport.runtime.TaskRuntime;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/// One bot bound to one account: reads the log from its own cursor, lets the bot handle a few events, and gives the
/// account the step. The next step begins when the journal has this one, so a slow or failing bot delays only
/// itself.
///
/// Phases: locating (asks where the binding stands), reading, handling, stepping, resting (after a failure),
/// paused.
final class PluginCell {
    private static final Duration AWAY = Duration.ofSeconds(2);

    /// How a cell works; see `waggle.plugin` in reference.conf.
    record Limits(int stepEventsMax, Duration handlerMax, int failuresMax) {}

    sealed interface Command {}

    /// Give up a pause and try again.
    record Resume() implements Command {}

    private record Located(Answer<PluginView> answer) implements Command {}

    private record Read(List<PublicEvent> events) implements Command {}

    private record Handled(long to, BotStep step) implements Command {}

    private record Stepped(Answer<PluginStepDone> answer) implements Command {}

    private record Failed(String why) implements Command {}

    private record Rested() implements Command {}

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final AccountId account;
    private final String plugin;
    private final Supplier<Bot> bots;
    private Bot bot;
    private final Consumer<AccountCommand> accounts;
    private final EventLog log;
    private final TaskRuntime runtime;
    private final Limits limits;
    private long cursor;
    private BotState state = BotState.getDefaultInstance();
    private java.util.Map<String, String> config = java.util.Map.of();
    private int failures;

    static Behavior<Command> create(
            AccountId account,
            String plugin,
            Supplier<Bot> bots,
            Consumer<AccountCommand> accounts,
            EventLog log,
            TaskRuntime runtime,
            Limits limits) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers ->
                new PluginCell(context, timers, account, plugin, bots, accounts, log, runtime, limits).locating()));
    }

    private PluginCell(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            AccountId account,
            String plugin,
            Supplier<Bot> bots,
            Consumer<AccountCommand> accounts,
            EventLog log,
            TaskRuntime runtime,
            Limits limits) {
        this.context = context;
        this.timers = timers;
        this.account = account;
        this.plugin = plugin;
        this.bots = bots;
        this.bot = bots.get();
        this.accounts = accounts;
        this.log = log;
        this.runtime = runtime;
        this.limits = limits;
    }

    private Behavior<Command> locating() {
        ActorRef<Answer<PluginView>> replyTo =
                context.messageAdapter(PluginCell.<PluginView>answerClass(), Located::new);
        accounts.accept(new AccountCommand.DescribePlugin(plugin, replyTo));
        timers.startSingleTimer("locating", new Failed("the account did not answer"), Duration.ofSeconds(10));
        return Behaviors.receiveMessage(message -> switch (message) {
            case Located(Answer.Granted<PluginView>(var view)) -> located(view);
            case Located(Answer.Refused<PluginView>(var refusal)) -> refused(refusal);
            case Failed(var why) -> rest(why);
            case Resume(), Read(var _), Handled(var _, var _), Stepped(var _), Rested() -> Behaviors.unhandled();
        });
    }

    private Behavior<Command> located(PluginView view) {
        timers.cancel("locating");
        cursor = view.cursor();
        config = view.config();
        try {
            state = BotState.parseFrom(view.state().unsafeArray());
        } catch (InvalidProtocolBufferException e) {
            return pause("its stored state cannot be read");
        }
        return reading();
    }

    private Behavior<Command> reading() {
        context.pipeToSelf(
                log.nextPage(account, cursor, java.util.Set.of()),
                (events, failure) ->
                        failure == null ? new Read(events) : new Failed("event log: " + failure.getMessage()));
        return Behaviors.receiveMessage(message -> switch (message) {
            case Read(var events) when events.isEmpty() -> reading();
            case Read(var events) -> handling(events.subList(0, Math.min(events.size(), limits.stepEventsMax())));
            case Failed(var why) -> rest(why);
            case Resume(), Located(var _), Handled(var _, var _), Stepped(var _), Rested() -> Behaviors.unhandled();
        });
    }

    private Behavior<Command> handling(List<PublicEvent> events) {
        BotStep step = new BotStep(account.value(), config, state);
        Task<Long> handler = runtime.spawn("bot", () -> handle(events, step));
        context.pipeToSelf(runtime.within(limits.handlerMax(), handler.done()), (to, failure) -> {
            // Too late: what it does goes nowhere, so it may as well stop.
            handler.abort();
            return failure == null ? new Handled(to, step) : new Failed(reason(failure));
        });
        return Behaviors.receiveMessage(message -> switch (message) {
            case Handled(var to, var taken) -> stepping(to, taken);
            case Failed(var why) -> rest(why);
            case Resume(), Located(var _), Read(var _), Stepped(var _), Rested() -> Behaviors.unhandled();
        });
    }

    private long handle(List<PublicEvent> events, BotStep step) {
        for (PublicEvent event : events) {
            try {
                bot.on(BotEvents.of(event), step);
            } catch (Exception e) {
                throw new BotFailure(event.getSequence(), e);
            }
        }
        return events.getLast().getSequence();
    }

    private Behavior<Command> stepping(long to, BotStep step) {
        List<PluginSend> sends = step.sends().stream()
                .map(send -> new PluginSend(send.chat(), "text", send.text(), MessageContent.text(send.text())))
                .toList();
        Bytes changed = step.changedState();
        ActorRef<Answer<PluginStepDone>> replyTo =
                context.messageAdapter(PluginCell.<PluginStepDone>answerClass(), Stepped::new);
        accounts.accept(new AccountCommand.StepPlugin(plugin, cursor, to, changed, sends, replyTo));
        timers.startSingleTimer("stepping", new Failed("the account did not answer"), Duration.ofSeconds(30));
        return Behaviors.receiveMessage(message -> switch (message) {
            case Stepped(Answer.Granted<PluginStepDone>(var done)) -> stepped(done, changed);
            case Stepped(Answer.Refused<PluginStepDone>(var refusal)) -> refused(refusal);
            case Failed(var why) -> rest(why);
            case Resume(), Located(var _), Read(var _), Handled(var _, var _), Rested() -> Behaviors.unhandled();
        });
    }

    private Behavior<Command> stepped(PluginStepDone done, @Nullable Bytes changed) {
        timers.cancel("stepping");
        failures = 0;
        cursor = done.cursor();
        if (changed != null) {
            try {
                state = BotState.parseFrom(changed.unsafeArray());
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException("a state that was just written", e);
            }
        }
        return reading();
    }

    private Behavior<Command> refused(Refusal refusal) {
        timers.cancelAll();
        return switch (refusal.code()) {
            case PLUGIN_NOT_FOUND, ACCOUNT_NOT_FOUND -> gone(refusal);
            case STALE_STEP -> locating();
            case JOURNAL_UNAVAILABLE, STORAGE_FULL, MAILBOX_FULL, OTHER_BUILD -> waiting(refusal);
            default -> rest(refusal.detail());
        };
    }

    private Behavior<Command> gone(Refusal refusal) {
        context.getLog().info("plugin {} on {} ends: {}", plugin, account, refusal.detail());
        return Behaviors.stopped();
    }

    private Behavior<Command> rest(String why) {
        timers.cancelAll();
        failures++;
        // A handler that does not heed its end may still run: it keeps its instance, and what it does there is dropped.
        bot = bots.get();
        if (failures >= limits.failuresMax()) {
            return pause(why);
        }
        Duration delay = Duration.ofMillis(Math.min(60_000L, 250L << Math.min(failures, 10)));
        context.getLog()
                .warn("plugin {} on {} failed ({} in a row): {}; again in {}", plugin, account, failures, why, delay);
        return resting(delay);
    }

    private Behavior<Command> resting(Duration delay) {
        timers.startSingleTimer(new Rested(), delay);
        return Behaviors.receiveMessage(message -> switch (message) {
            case Rested(), Resume() -> locating();
            case Located(var _), Read(var _), Handled(var _, var _), Stepped(var _), Failed(var _) -> Behaviors.same();
        });
    }

    /// Not the bot's fault: it is never paused for it, however long it lasts.
    private Behavior<Command> waiting(Refusal refusal) {
        context.getLog().warn("plugin {} on {} waits: {}", plugin, account, refusal.detail());
        bot = bots.get();
        return resting(AWAY);
    }

    private Behavior<Command> pause(String why) {
        context.getLog().error("plugin {} on {} is paused: {}", plugin, account, why);
        return Behaviors.receiveMessage(message -> switch (message) {
            case Resume() -> {
                failures = 0;
                yield locating();
            }
            case Located(var _), Read(var _), Handled(var _, var _), Stepped(var _), Failed(var _), Rested() ->
                Behaviors.same();
        });
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause instanceof BotFailure bot ? String.valueOf(bot.getMessage()) : cause.toString();
    }

    @SuppressWarnings("unchecked")
    private static <T> Class<Answer<T>> answerClass() {
        return (Class<Answer<T>>) (Class<?>) Answer.class;
    }

    /// A bot's own exception, with the event that it could not handle.
    private static final class BotFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BotFailure(long sequence, Exception why) {
            super("event " + sequence + ": " + why, why);
        }
    }
}
