package dev.waggle.platform.cluster;

import dev.waggle.address.AccountId;
import dev.waggle.platform.account.Account;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.AccountServices;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.account.Refusal;
import dev.waggle.platform.port.Homeless;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/// The accounts of a node that is alone, each started by the first command for it. In a cluster [ShardedAccounts]
/// takes this place, with the same messages.
public final class Accounts extends AbstractBehavior<Accounts.Command> {
    /// Commands for an account whose rows are just being removed.
    private static final int WAITING_MAX = 1_000;

    private static final Duration REVIVE = Duration.ofSeconds(2);

    public sealed interface Command {}

    /// For an account that may be on its way to another node.
    public sealed interface Question extends Command, Homeless {}

    private static final Refusal MOVES =
            Refusal.of(Refusal.Code.JOURNAL_UNAVAILABLE, "the account moves to another node");

    /// What whoever keeps accounts says to itself.
    non-sealed interface Private extends Command {}

    public record Tell(AccountId account, AccountCommand command) implements Question {
        @Override
        public void givenUp() {
            command.refuse(MOVES);
        }
    }

    /// Something that a node of another build said to the account, and this one does not know: whoever asked is
    /// told so.
    ///
    /// @param what for people
    public record Unheard(AccountId account, String what, ActorRef<Answer<Done>> replyTo) implements Question {
        @Override
        public void givenUp() {
            refuse();
        }

        /// Says so.
        public void refuse() {
            replyTo.tell(Answer.refuse(Refusal.Code.OTHER_BUILD, what));
        }
    }

    /// Removes what is kept of an account, after its actor has ended when there is one.
    public record Erase(AccountId account, ActorRef<Answer<Done>> replyTo) implements Question {
        @Override
        public void givenUp() {
            replyTo.tell(new Answer.Refused<>(MOVES));
        }
    }

    /// The account stores what it can, ends, and begins anew. Answers when it begins.
    public record Restart(AccountId account, ActorRef<Answer<Done>> replyTo) implements Question {
        @Override
        public void givenUp() {
            replyTo.tell(new Answer.Refused<>(MOVES));
        }
    }

    /// Another node takes over, or nobody needs the account awake: it stores what it can and ends. Said by
    /// sharding.
    public record HandOff() implements Command {}

    /// Every account stores what it can and ends; no command is taken from then on.
    public record LeaveAll(ActorRef<Done> replyTo) implements Command {}

    /// For an asker who was answered already.
    public record Nothing() implements Command {}

    /// Its journal failed a while ago: it is started again, whether somebody asks for it or not.
    private record Revive(AccountId account) implements Private {}

    private record Erased(AccountId account, @Nullable Throwable failure) implements Private {}

    private record Erasing(List<ActorRef<Answer<Done>>> replyTo, List<AccountCommand> waiting) {}

    private final TimerScheduler<Command> timers;
    private final AccountServices services;
    private final Function<AccountId, CompletionStage<Void>> erase;
    private final Map<AccountId, ActorRef<AccountCommand>> running = new HashMap<>();
    private final Map<ActorRef<?>, AccountId> names = new HashMap<>();
    private final Map<AccountId, Erasing> erasing = new HashMap<>();
    private final Map<AccountId, List<ActorRef<Answer<Done>>>> restarting = new HashMap<>();
    private @Nullable ActorRef<Done> leaving;

    /// @param erase removes data key, rows and directory entry of an account that does not run
    public static Behavior<Command> create(AccountServices services, Function<AccountId, CompletionStage<Void>> erase) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new Accounts(context, timers, services, erase)));
    }

    private Accounts(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            AccountServices services,
            Function<AccountId, CompletionStage<Void>> erase) {
        super(context);
        this.timers = timers;
        this.services = services;
        this.erase = erase;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onAnyMessage(this::onMessage)
                .onSignal(ChildFailed.class, failed -> ended(failed.getRef(), true))
                .onSignal(Terminated.class, over -> ended(over.getRef(), false))
                .build();
    }

    private Behavior<Command> onMessage(Command message) {
        switch (message) {
            case Tell(var account, var command) -> tell(account, command);
            case Nothing(), HandOff() -> {
                // Answered by whoever made it; alone, nothing is handed over.
            }
            case Restart(var account, var replyTo) -> restart(account, replyTo);
            case Unheard unheard -> unheard.refuse();
            case Erase(var account, var replyTo) -> erase(account, replyTo);
            case Revive(var account) -> {
                if (leaving == null && !erasing.containsKey(account)) {
                    running.computeIfAbsent(account, this::start);
                }
            }
            case Erased(var account, var failure) -> erased(account, failure);
            case LeaveAll(var replyTo) -> leaveAll(replyTo);
            case Private _ -> {
                // There is no other of these here.
            }
        }
        return this;
    }

    private void tell(AccountId account, AccountCommand command) {
        Erasing going = erasing.get(account);
        if (leaving != null) {
            command.refuse(Refusal.of(Refusal.Code.JOURNAL_UNAVAILABLE, "the node is going down"));
        } else if (going == null) {
            running.computeIfAbsent(account, this::start).tell(command);
        } else if (going.waiting().size() < WAITING_MAX) {
            going.waiting().add(command);
        } else {
            command.refuse(Refusal.of(Refusal.Code.MAILBOX_FULL, "the account is being removed"));
        }
    }

    private ActorRef<AccountCommand> start(AccountId account) {
        ActorRef<AccountCommand> actor = getContext().spawnAnonymous(Account.create(account, services));
        names.put(actor, account);
        getContext().watch(actor);
        return actor;
    }

    private void restart(AccountId account, ActorRef<Answer<Done>> replyTo) {
        ActorRef<AccountCommand> actor = running.get(account);
        if (actor == null) {
            tell(account, new AccountCommand.Describe(getContext().getSystem().ignoreRef()));
            replyTo.tell(Answer.of(Done.getInstance()));
            return;
        }
        boolean first = !restarting.containsKey(account);
        restarting.computeIfAbsent(account, _ -> new ArrayList<>()).add(replyTo);
        if (first) {
            actor.tell(new AccountCommand.Leave(getContext().getSystem().ignoreRef()));
        }
    }

    private void erase(AccountId account, ActorRef<Answer<Done>> replyTo) {
        boolean first = !erasing.containsKey(account);
        erasing.computeIfAbsent(account, _ -> new Erasing(new ArrayList<>(), new ArrayList<>()))
                .replyTo()
                .add(replyTo);
        if (first && !running.containsKey(account)) {
            eraseNow(account);
        }
    }

    private void eraseNow(AccountId account) {
        getContext().pipeToSelf(erase.apply(account), (done, failure) -> new Erased(account, failure));
    }

    private Behavior<Command> ended(ActorRef<?> actor, boolean failed) {
        AccountId account = names.remove(actor);
        if (account == null) {
            return this;
        }
        running.remove(account);
        List<ActorRef<Answer<Done>>> restarted = restarting.remove(account);
        if (restarted != null) {
            restarted.forEach(asker -> asker.tell(Answer.of(Done.getInstance())));
        }
        if (erasing.containsKey(account)) {
            eraseNow(account);
        } else if (restarted != null && leaving == null) {
            running.computeIfAbsent(account, this::start);
        } else if (failed && leaving == null) {
            timers.startSingleTimer(account, new Revive(account), REVIVE);
        }
        ActorRef<Done> waiting = leaving;
        if (waiting != null && running.isEmpty()) {
            waiting.tell(Done.getInstance());
        }
        return this;
    }

    private void erased(AccountId account, @Nullable Throwable failure) {
        Erasing done = erasing.remove(account);
        if (done == null) {
            return;
        }
        Answer<Done> answer = failure == null
                ? Answer.of(Done.getInstance())
                : Answer.refuse(Refusal.Code.JOURNAL_UNAVAILABLE, "not all of it is gone yet: ask again");
        if (failure != null) {
            getContext()
                    .getLog()
                    .warn("{}: rows of a deleted account are still there: {}", account, failure.toString());
        }
        done.replyTo().forEach(asker -> asker.tell(answer));
        done.waiting().forEach(command -> tell(account, command));
    }

    private void leaveAll(ActorRef<Done> replyTo) {
        leaving = replyTo;
        if (running.isEmpty()) {
            replyTo.tell(Done.getInstance());
        }
        running.values()
                .forEach(account -> account.tell(
                        new AccountCommand.Leave(getContext().getSystem().ignoreRef())));
    }
}
