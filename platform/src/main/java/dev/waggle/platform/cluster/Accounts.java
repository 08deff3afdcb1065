package dev.waggle.platform.cluster;

import dev.waggle.address.AccountId;
import dev.waggle.platform.account.Account;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.AccountServices;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/// The accounts of one node, each started by the first command for it. One node is all there is yet: sharding takes
/// this place, with the same messages.
public final class Accounts extends AbstractBehavior<Accounts.Command> {
    public sealed interface Command {}

    public record Tell(AccountId account, AccountCommand command) implements Command {}

    private record Ended(AccountId account, ActorRef<AccountCommand> actor) implements Command {}

    private final AccountServices services;
    private final Map<AccountId, ActorRef<AccountCommand>> running = new HashMap<>();

    public static Behavior<Command> create(AccountServices services) {
        return Behaviors.setup(context -> new Accounts(context, services));
    }

    private Accounts(ActorContext<Command> context, AccountServices services) {
        super(context);
        this.services = services;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::onMessage).build();
    }

    private Behavior<Command> onMessage(Command message) {
        switch (message) {
            case Tell(var account, var command) ->
                running.computeIfAbsent(account, this::start).tell(command);
            case Ended(var account, var actor) -> running.remove(account, actor);
        }
        return this;
    }

    private ActorRef<AccountCommand> start(AccountId account) {
        ActorRef<AccountCommand> actor = getContext().spawnAnonymous(Account.create(account, services));
        getContext().watchWith(actor, new Ended(account, actor));
        return actor;
    }
}
