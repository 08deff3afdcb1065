package dev.waggle.platform.cluster;

import dev.waggle.address.AccountId;
import dev.waggle.platform.account.Account;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.AccountServices;
import dev.waggle.platform.account.AccountView;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.account.Refusal;
import dev.waggle.platform.cluster.lease.Warden;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.jspecify.annotations.Nullable;

/// The place of one account in the cluster: it holds the account's actor, and outlives its failures and its
/// deletion. Sharding sees to it that there is one of it.
///
/// It ends when another node takes over, or by itself when nobody wants the account to run and nobody asked for it
/// lately; an account that should run never ends by itself.
final class AccountEntity extends AbstractBehavior<Accounts.Command> {
    /// Commands for an account that is just ending to begin anew, or whose rows are just being removed.
    private static final int WAITING_MAX = 1_000;

    private static final Duration REVIVE = Duration.ofSeconds(2);
    private static final Duration LOOK_EVERY = Duration.ofMinutes(10);

    /// Its journal failed a while ago: it is started again, whether somebody asks for it or not.
    private record Revive() implements Accounts.Private {}

    /// Whether anybody needs it.
    private record Look() implements Accounts.Private {}

    /// What became of the lease of its shard.
    private record Told(Warden.Word word) implements Accounts.Private {}

    private record Seen(Answer<AccountView> answer) implements Accounts.Private {}

    private record Erased(@Nullable Throwable failure) implements Accounts.Private {}

    /// What the place of an account is given.
    ///
    /// @param warden null: shards have no leases
    /// @param fencedOff told when an account ends since its lease is over
    /// @param erase removes data key, rows and directory entry of an account that does not run
    /// @param gone told when the account does not run here any more
    /// @param adrift told when nobody here can say any more what the account does
    record Place(
            AccountServices services,
            @Nullable ActorRef<Warden.Command> warden,
            FencedOff fencedOff,
            String shardId,
            Function<AccountId, CompletionStage<Void>> erase,
            Consumer<AccountId> gone,
            Consumer<AccountId> adrift,
            ActorRef<ClusterSharding.ShardCommand> shard) {}

    private final AccountId id;
    private final Place place;
    private final TimerScheduler<Accounts.Command> timers;
    private final List<AccountCommand> waiting = new ArrayList<>();
    private final List<ActorRef<Answer<Done>>> erasing = new ArrayList<>();
    private final List<ActorRef<Answer<Done>>> restarting = new ArrayList<>();
    private @Nullable ActorRef<AccountCommand> account;
    private boolean asked = true;
    private boolean handedOff;
    /// The lease of the shard is this node's.
    private boolean tenured;
    /// It was, and is not now: whoever asks is not kept waiting for the store to say whose it is.
    private boolean adrift;
    /// What answers for the account when its actor was ended.
    private volatile Predicate<AccountCommand> heir = _ -> false;

    static Behavior<Accounts.Command> create(AccountId id, Place place) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new AccountEntity(context, timers, id, place)));
    }

    private AccountEntity(
            ActorContext<Accounts.Command> context,
            TimerScheduler<Accounts.Command> timers,
            AccountId id,
            Place place) {
        super(context);
        this.id = id;
        this.place = place;
        this.timers = timers;
        timers.startTimerWithFixedDelay(new Look(), LOOK_EVERY);
        ActorRef<Warden.Command> warden = place.warden();
        tenured = warden == null;
        if (warden != null) {
            warden.tell(new Warden.Enter(
                    place.shardId(),
                    Adapter.toTyped(Adapter.toClassic(context).parent()),
                    context.getSelf(),
                    context.messageAdapter(Warden.Word.class, Told::new)));
        }
        begin();
    }

    @Override
    public Receive<Accounts.Command> createReceive() {
        return newReceiveBuilder()
                .onAnyMessage(this::onMessage)
                .onSignal(ChildFailed.class, _ -> ended(true))
                .onSignal(Terminated.class, _ -> ended(false))
                .onSignal(PostStop.class, _ -> {
                    waiting.forEach(command -> command.refuse(
                            Refusal.of(Refusal.Code.JOURNAL_UNAVAILABLE, "the account moves to another node")));
                    place.gone().accept(id);
                    return this;
                })
                .build();
    }

    private Behavior<Accounts.Command> onMessage(Accounts.Command message) {
        switch (message) {
            case Accounts.Tell(var _, var command) -> tell(command);
            case Accounts.Erase(var _, var replyTo) -> erase(replyTo);
            case Accounts.Restart(var _, var replyTo) -> restart(replyTo);
            case Accounts.Unheard unheard -> unheard.refuse();
            case Accounts.HandOff() -> {
                return handOff();
            }
            case Revive() -> begin();
            case Told(var word) -> told(word);
            case Look() -> look();
            case Seen(var answer) -> seen(answer);
            case Erased(var failure) -> {
                return erased(failure);
            }
            default -> {
                // Said to whoever keeps the accounts of a node that is alone.
            }
        }
        return this;
    }

    /// Without the lease of its shard no account runs: whoever has it may be about to act.
    private void told(Warden.Word word) {
        tenured = word == Warden.Word.HELD;
        adrift = !tenured;
        if (adrift) {
            castOff();
        } else if (account == null && !erasing.isEmpty()) {
            eraseNow();
        } else {
            begin();
        }
    }

    private void castOff() {
        place.adrift().accept(id);
        ActorRef<AccountCommand> now = account;
        if (now == null) {
            refuseAll();
        } else {
            place.fencedOff().ends(now.path());
            getContext().stop(now);
        }
    }

    private void begin() {
        if (account == null && tenured && erasing.isEmpty() && !handedOff) {
            ActorRef<AccountCommand> begun =
                    getContext().spawnAnonymous(Account.create(id, place.services(), left -> heir = left));
            getContext().watch(begun);
            account = begun;
            waiting.forEach(begun::tell);
            waiting.clear();
        }
    }

    private void tell(AccountCommand command) {
        asked = true;
        if (erasing.isEmpty() && restarting.isEmpty()) {
            begin();
        }
        ActorRef<AccountCommand> now = account;
        if (now != null && erasing.isEmpty() && restarting.isEmpty() && !handedOff) {
            now.tell(command);
        } else if (handedOff) {
            command.refuse(Refusal.of(Refusal.Code.JOURNAL_UNAVAILABLE, "the account moves to another node"));
        } else if (adrift && now == null) {
            refuse(command);
        } else if (waiting.size() < WAITING_MAX) {
            waiting.add(command);
        } else {
            command.refuse(Refusal.of(Refusal.Code.MAILBOX_FULL, "the account begins anew, or is being removed"));
        }
    }

    private void refuseAll() {
        waiting.forEach(this::refuse);
        waiting.clear();
    }

    /// What it looks like can be said all the same.
    private void refuse(AccountCommand command) {
        if (!heir.test(command)) {
            command.refuse(Refusal.of(Refusal.Code.JOURNAL_UNAVAILABLE, "the store does not say whose the account is"));
        }
    }

    private void leave() {
        ActorRef<AccountCommand> now = account;
        if (now != null) {
            now.tell(new AccountCommand.Leave(getContext().getSystem().ignoreRef()));
        }
    }

    private void restart(ActorRef<Answer<Done>> replyTo) {
        asked = true;
        if (account == null) {
            begin();
            replyTo.tell(Answer.of(Done.getInstance()));
            return;
        }
        restarting.add(replyTo);
        if (restarting.size() == 1) {
            leave();
        }
    }

    private void erase(ActorRef<Answer<Done>> replyTo) {
        erasing.add(replyTo);
        if (erasing.size() == 1 && account == null && tenured) {
            eraseNow();
        }
    }

    private void eraseNow() {
        getContext().pipeToSelf(place.erase().apply(id), (_, failure) -> new Erased(failure));
    }

    private Behavior<Accounts.Command> erased(@Nullable Throwable failure) {
        if (failure != null) {
            getContext().getLog().warn("{}: rows of a deleted account are still there: {}", id, failure.toString());
        }
        Answer<Done> answer = failure == null
                ? Answer.of(Done.getInstance())
                : Answer.refuse(Refusal.Code.JOURNAL_UNAVAILABLE, "not all of it is gone yet: ask again");
        erasing.forEach(asker -> asker.tell(answer));
        erasing.clear();
        if (handedOff) {
            return Behaviors.stopped();
        }
        if (waiting.isEmpty()) {
            passivate();
        } else {
            begin();
        }
        return this;
    }

    private Behavior<Accounts.Command> handOff() {
        handedOff = true;
        if (account == null && erasing.isEmpty()) {
            return Behaviors.stopped();
        }
        if (restarting.isEmpty()) {
            leave();
        }
        return this;
    }

    private Behavior<Accounts.Command> ended(boolean failed) {
        account = null;
        if (adrift) {
            refuseAll();
        }
        boolean again = !restarting.isEmpty();
        restarting.forEach(asker -> asker.tell(Answer.of(Done.getInstance())));
        restarting.clear();
        if (!erasing.isEmpty() && tenured) {
            eraseNow();
        } else if (handedOff) {
            return Behaviors.stopped();
        } else if (again || !waiting.isEmpty()) {
            begin();
        } else if (failed) {
            timers.startSingleTimer(new Revive(), REVIVE);
        }
        return this;
    }

    private void look() {
        ActorRef<AccountCommand> now = account;
        if (asked || now == null) {
            asked = false;
        } else {
            now.tell(new AccountCommand.Describe(getContext().messageAdapter(answerType(), Seen::new)));
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Class<Answer<AccountView>> answerType() {
        return (Class) Answer.class;
    }

    private void seen(Answer<AccountView> answer) {
        boolean needed = asked
                || !restarting.isEmpty()
                || !erasing.isEmpty()
                || answer instanceof Answer.Granted<AccountView>(var view) && view.running();
        if (!needed) {
            passivate();
        }
    }

    /// What is said to it from now on waits at the shard, and makes it begin again.
    private void passivate() {
        place.shard().tell(new ClusterSharding.Passivate<>(getContext().getSelf()));
    }
}
