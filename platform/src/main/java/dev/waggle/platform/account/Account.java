package dev.waggle.platform.account;

import dev.waggle.address.AccountId;
import dev.waggle.platform.account.Operation.Outcome;
import dev.waggle.platform.account.inbox.Inbox;
import dev.waggle.platform.account.ledger.Ledger;
import dev.waggle.platform.account.projection.Projection;
import dev.waggle.platform.account.reception.Departure;
import dev.waggle.platform.account.reception.Reception;
import dev.waggle.platform.account.reception.TenureException;
import dev.waggle.platform.account.retention.Retention;
import dev.waggle.platform.account.state.AccountState;
import dev.waggle.platform.account.state.Drafts;
import dev.waggle.platform.account.state.Replay;
import dev.waggle.platform.account.state.SnapshotForm;
import dev.waggle.platform.account.state.Tail;
import dev.waggle.platform.journal.SealedEvents;
import dev.waggle.proto.journal.Event;
import dev.waggle.storage.StoreException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.JournalPersistFailed;
import org.apache.pekko.persistence.typed.JournalPersistRejected;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.RecoveryFailed;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;

/// One linked device. Decides by [AccountState], journals, then performs; what moves the outside stands in
/// [Operation].
///
/// Until the stores have followed the journal, commands wait: nothing may be answered or received before what is
/// remembered is in its place. When the journal or a child fails, it begins anew from the journal, with a growing
/// delay; [Reception] answers those who wait then.
public final class Account extends EventSourcedBehavior<AccountMessage, Event, AccountState> {
    private final AccountId id;
    private final AccountServices services;
    private final AccountServices.Stores stores;
    private final ActorContext<AccountMessage> context;
    private final ActorRef<Ledger.Command> ledger;
    private final Reception<AccountMessage, AccountCommand> reception;
    private final Sends sends;
    private final Operation operation;
    private final Requests requests;
    private final Schedule schedule;
    private final Deque<Tail> unapplied = new ArrayDeque<>();
    private final Replay replay = new Replay(this::recovered);
    private @Nullable ActorRef<Projection.Command> projection;
    private Ledger.@Nullable Write held;
    private AccountNotice.@Nullable Left leaving;
    private boolean ready;
    /// What was journaled last in this life, for those who ask when nothing can be.
    private AccountState stands = AccountState.EMPTY;

    public static Behavior<AccountCommand> create(AccountId id, AccountServices services) {
        return create(id, services, _ -> {});
    }

    /// @param heirs given what answers for the account once its actor was ended, since it may not act any more, and
    /// says whether it did; it may not be asked before
    public static Behavior<AccountCommand> create(
            AccountId id, AccountServices services, Consumer<Predicate<AccountCommand>> heirs) {
        return Behaviors.<AccountMessage>setup(_ -> {
                    Reception<AccountMessage, AccountCommand> reception = services.reception(
                            id, left -> heirs.accept(command -> left.answers(command, new TenureException())));
                    return reception.before(
                            opening(id, services, reception),
                            SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(10), 0.2));
                })
                .narrow();
    }

    private static Behavior<AccountMessage> opening(
            AccountId id, AccountServices services, Reception<AccountMessage, AccountCommand> reception) {
        return Behaviors.setup(context -> Behaviors.withStash(10_000, stash -> {
            context.pipeToSelf(services.stores().apply(id), AccountNotice::opened);
            return Behaviors.receiveMessage(message -> switch (message) {
                case AccountNotice.StoresOpened(var stores) ->
                    stash.unstashAll(Behaviors.setup(inner -> new Account(inner, id, services, stores, reception)));
                case AccountNotice.StoresFailed(var why) -> throw reception.away(why);
                default -> {
                    stash.stash(message);
                    yield Behaviors.same();
                }
            });
        }));
    }

    private Account(
            ActorContext<AccountMessage> context,
            AccountId id,
            AccountServices services,
            AccountServices.Stores stores,
            Reception<AccountMessage, AccountCommand> reception) {
        super(stores.journal(id));
        this.context = context;
        this.id = id;
        this.services = services;
        this.stores = stores;
        this.reception = reception;
        reception.begun();
        this.sends = new Sends(services);
        ActorRef<Ledger.Notice> fromLedger = context.messageAdapter(Ledger.Notice.class, AccountNotice.FromLedger::new);
        this.ledger = context.spawn(Ledger.create(fromLedger, Ledger.Limits.DEFAULT), "ledger");
        context.watch(ledger);
        context.spawn(Retention.create(services.retention(stores.backend())), "retention");
        this.operation = new Operation(context, id, services, stores, ledger);
        this.schedule = new Schedule(context, stores.backend(), services.clock(), operation);
        Bindings bindings = new Bindings(id, services, sends, operation);
        this.requests = new Requests(context, id, services, stores.backend(), sends, operation, bindings, schedule);
    }

    @Override
    public AccountState emptyState() {
        return AccountState.EMPTY;
    }

    @Override
    public EventAdapter<Event, ?> eventAdapter() {
        return new SealedEvents(stores.sealing(), services.failpoint());
    }

    @Override
    public SnapshotAdapter<AccountState> snapshotAdapter() {
        return new SnapshotForm(stores.sealing(), () -> unapplied, this::recovered);
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(services.limits().snapshotEvery(), 2)
                .withDeleteEventsOnSnapshot();
    }

    @Override
    public EventHandler<AccountState, Event> eventHandler() {
        return (state, event) -> {
            if (projection == null) {
                return replay.next(state, event);
            }
            AccountState next = state.apply(event);
            unapplied.add(new Tail(next.revision(), event));
            return next;
        };
    }

    private void recovered(Tail tail) {
        unapplied.add(tail);
        sends.recovered(tail.event());
    }

    @Override
    public SignalHandler<AccountState> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), state -> {
                    replay.settle();
                    Consumer<AccountMessage> self = context.getSelf()::tell;
                    ActorRef<Projection.Command> started = context.spawn(
                            Projection.create(
                                    stores.backend(), notice -> self.accept(new AccountNotice.FromProjection(notice))),
                            "projection");
                    context.watch(started);
                    projection = started;
                    unapplied.forEach(tail -> started.tell(new Projection.Follow(tail.revision(), tail.event())));
                })
                .onSignal(RecoveryFailed.class, (_, failed) -> reception.unread(failed.getFailure()))
                .onSignal(JournalPersistFailed.class, (_, failed) -> {
                    throw reception.away(failed.failure());
                })
                .onSignal(JournalPersistRejected.class, (_, rejected) -> {
                    throw reception.away(rejected.failure());
                })
                .build();
    }

    @Override
    public CommandHandler<AccountMessage, Event, AccountState> commandHandler() {
        return (state, message) -> switch (message) {
            case AccountNotice.FromProjection(var notice) -> onProjection(state, notice);
            case AccountCommand _ when !ready -> Effect().stash();
            case AccountCommand command ->
                performed(state, command, requests.decided(state, command, unapplied.size()));
            // Said to a former owner in this actor, or by what that one started.
            case AccountNotice _ when !ready -> Effect().none();
            case AccountNotice notice -> onNotice(state, notice);
        };
    }

    private Effect<Event, AccountState> onProjection(AccountState state, Projection.Notice notice) {
        switch (notice) {
            case Projection.Applied(var revision, var lastSequence) -> {
                while (!unapplied.isEmpty() && unapplied.peek().revision() <= revision) {
                    Event followed = unapplied.poll().event();
                    sends.applied(followed);
                    operation.followed(followed);
                }
                if (lastSequence > 0) {
                    services.events().published(id);
                }
                takeUp();
                if (!ready && revision >= state.revision()) {
                    ready = true;
                    return begin(state);
                }
                if (requests.deleted() && revision >= state.revision()) {
                    context.pipeToSelf(operation.offline, (_, _) -> new AccountNotice.Left(null, false));
                }
            }
            case Projection.Stalled(var why) -> context.getLog().warn("{}: stores are away: {}", id, why);
        }
        depart(unapplied.isEmpty() || notice instanceof Projection.Stalled);
        return Effect().none();
    }

    /// What came in waits in the ledger while the stores are far behind: its credit runs out, and the socket is not
    /// read.
    private Effect<Event, AccountState> journal(AccountState state, Ledger.Write write) {
        if (behind()) {
            held = write;
            return Effect().none();
        }
        return persist(
                state,
                Drafts.received(state, write.batch()),
                after -> write.replyTo().tell(new Ledger.Written(after.revision())));
    }

    private boolean behind() {
        return unapplied.size() >= services.limits().unappliedMax();
    }

    private void takeUp() {
        Ledger.Write write = held;
        if (write != null && !behind()) {
            held = null;
            context.getSelf().tell(new AccountNotice.FromLedger(write));
        }
    }

    /// A new owner says so before anything else; then the account does what its desired state asks.
    private Effect<Event, AccountState> begin(AccountState state) {
        if (!state.created()) {
            reception.back(absence());
            return Effect().unstashAll();
        }
        return Effect()
                .persist(Drafts.stamped(
                        Drafts.owned(state, stores.storeIncarnation()),
                        state,
                        services.clock().instant()))
                .thenRun(after -> {
                    stands = after;
                    reception.back(absence());
                    follow(after);
                    operation.begin(after);
                    schedule.arm(after);
                    after.plugins()
                            .keySet()
                            .forEach(plugin -> services.runPlugin().accept(id, plugin));
                })
                .thenUnstashAll();
    }

    private Reception.Absence<AccountCommand> absence() {
        return Views.absence(() -> stands.created() ? Optional.of(operation.view(stands)) : Optional.empty(), services);
    }

    private void follow(AccountState state) {
        Tail last = unapplied.peekLast();
        ActorRef<Projection.Command> now = projection;
        if (last != null && now != null && last.revision() == state.revision()) {
            now.tell(new Projection.Follow(last.revision(), last.event()));
        }
    }

    private Effect<Event, AccountState> persist(AccountState state, Event.Builder draft, Consumer<AccountState> then) {
        boolean seen = Views.changedBy(draft.getKindCase());
        boolean timed = Schedule.changedBy(draft.getKindCase());
        Event event = Drafts.stamped(draft, state, services.clock().instant());
        long begun = System.nanoTime();
        return Effect().persist(event).thenRun(after -> {
            stands = after;
            services.events().recording().recorded(event, state.open(), System.nanoTime() - begun);
            follow(after);
            if (seen) {
                operation.list(after);
            }
            then.accept(after);
            if (timed) {
                schedule.arm(after);
            }
        });
    }

    private Effect<Event, AccountState> onNotice(AccountState state, AccountNotice notice) {
        return switch (notice) {
            case AccountNotice.FromLedger(Ledger.Write write) -> journal(state, write);
            case AccountNotice.KeyLookedUp(var _, var _, var failure)
            when failure != null && StoreException.isAway(failure) -> throw reception.away(failure);
            case AccountNotice.KeyLookedUp found ->
                resumed(state, found.send(), () -> requests.keyLookedUp(state, found));
            case AccountNotice.SendsDue() -> performed(state, null, schedule.due(state));
            case AccountNotice.Withdrawn answer ->
                resumed(state, answer.cancel(), () -> schedule.withdrawn(state, answer));
            case AccountNotice.SendLookedUp found -> resumed(state, found.cancel(), () -> schedule.lookedUp(found));
            case AccountNotice.FromConnection(var said) -> performed(state, null, operation.connection(state, said));
            case AccountNotice.FromPairing(var pairing, var said) ->
                performed(state, null, operation.pairing(state, pairing, said));
            case AccountNotice.LoggedOut(var logout, var failure) ->
                resumed(state, logout, () -> requests.loggedOut(state, logout, failure));
            case AccountNotice.LookAtBan() -> performed(state, null, operation.lookAtBan(state));
            case AccountNotice.Left last
            when !last.again() -> {
                leaving = last;
                depart(unapplied.isEmpty());
                yield Effect().none();
            }
            case AccountNotice.Left(var leave, var _) -> {
                if (leave != null) {
                    leave.replyTo().tell(Done.getInstance());
                    reception.answered(leave);
                }
                yield Effect().stop();
            }
            case AccountNotice.FromInbox(Inbox.Away(var why)) -> throw reception.away(why);
            case AccountNotice.FromInbox(Inbox.Broken broken) ->
                throw new IllegalStateException("the inbox is ahead of the journal: " + broken);
            case AccountNotice.StoresOpened _, AccountNotice.StoresFailed _, AccountNotice.FromProjection _ ->
                Effect().none();
        };
    }

    /// The last part ends, once the stores have followed or are away; what was said before that has been taken when
    /// this is said again.
    private void depart(boolean followed) {
        AccountNotice.Left last = leaving;
        if (last == null || !followed) {
            return;
        }
        leaving = null;
        List<ActorRef<Projection.Command>> parts = projection == null ? List.of() : List.of(projection);
        parts.forEach(context::unwatch);
        context.pipeToSelf(Departure.of(parts), (_, _) -> new AccountNotice.Left(last.leave(), true));
    }

    /// A command goes on with what was looked up for it, unless it was refused meanwhile.
    private Effect<Event, AccountState> resumed(AccountState state, AccountCommand command, Supplier<Outcome> outcome) {
        return reception.waits(command)
                ? performed(state, command, outcome.get())
                : Effect().none();
    }

    /// @param command that it comes of; null when nobody waits for an answer
    private Effect<Event, AccountState> performed(
            AccountState state, @Nullable AccountCommand command, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Nothing() -> {
                answered(command);
                yield Effect().none();
            }
            case Outcome.Later() -> Effect().none();
            case Outcome.Journal(var draft, var then) ->
                persist(state, draft, after -> {
                    answered(command);
                    then.accept(after);
                });
        };
    }

    private void answered(@Nullable AccountCommand command) {
        if (command != null) {
            reception.answered(command);
        }
    }
}
