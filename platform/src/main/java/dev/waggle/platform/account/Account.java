package dev.waggle.platform.account;

import dev.waggle.address.AccountId;
import dev.waggle.platform.account.AccountState.Link.Linked;
import dev.waggle.platform.account.ledger.Ledger;
import dev.waggle.platform.account.projection.Projection;
import dev.waggle.platform.journal.SealedEvents;
import dev.waggle.proto.journal.Configured;
import dev.waggle.proto.journal.Deleted;
import dev.waggle.proto.journal.DesiredStateSet;
import dev.waggle.proto.journal.Event;
import dev.waggle.proto.journal.OwnerChanged;
import dev.waggle.proto.journal.Unlinked;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/// One linked device. Decides by [AccountState], journals, then performs; what moves the outside stands in
/// [Operation].
///
/// Until the stores have followed the journal, commands wait: nothing may be answered or received before what is
/// remembered is in its place. A journal or a child that fails ends the actor; it begins anew from the journal,
/// with a growing delay.
public final class Account extends EventSourcedBehavior<AccountMessage, Event, AccountState> {
    private record Tail(long revision, Event event) {}

    private final AccountId id;
    private final AccountServices services;
    private final AccountServices.Stores stores;
    private final ActorContext<AccountMessage> context;
    private final ActorRef<Ledger.Command> ledger;
    private final Sends sends;
    private final Operation operation;
    private final Bindings bindings;
    private final Deque<Tail> unapplied = new ArrayDeque<>();
    private @org.jspecify.annotations.Nullable ActorRef<Projection.Command> projection;
    private boolean ready;

    public static Behavior<AccountCommand> create(AccountId id, AccountServices services) {
        Behavior<AccountMessage> opening = Behaviors.setup(context -> Behaviors.withStash(10_000, stash -> {
            context.pipeToSelf(
                    services.stores().apply(id),
                    (stores, failure) -> stores == null
                            ? new AccountNotice.StoresFailed(
                                    failure == null ? new IllegalStateException("no stores") : failure)
                            : new AccountNotice.StoresOpened(stores));
            return Behaviors.receiveMessage(message -> switch (message) {
                case AccountNotice.StoresOpened(var stores) ->
                    stash.unstashAll(Behaviors.setup(inner -> new Account(inner, id, services, stores)));
                case AccountNotice.StoresFailed(var why) -> throw new IllegalStateException("stores of " + id, why);
                default -> {
                    stash.stash(message);
                    yield Behaviors.same();
                }
            });
        }));
        return Behaviors.supervise(opening)
                .onFailure(
                        Exception.class,
                        SupervisorStrategy.restartWithBackoff(Duration.ofMillis(200), Duration.ofSeconds(10), 0.2))
                .narrow();
    }

    private Account(
            ActorContext<AccountMessage> context,
            AccountId id,
            AccountServices services,
            AccountServices.Stores stores) {
        super(PersistenceId.of("account", id.value()));
        this.context = context;
        this.id = id;
        this.services = services;
        this.stores = stores;
        this.sends = new Sends(services);
        ActorRef<Ledger.Notice> fromLedger = context.messageAdapter(Ledger.Notice.class, AccountNotice.FromLedger::new);
        this.ledger = context.spawn(Ledger.create(fromLedger, Ledger.Limits.DEFAULT), "ledger");
        this.operation = new Operation(context, id, services, stores.backend(), ledger);
        this.bindings = new Bindings(id, services, sends, operation);
    }

    @Override
    public AccountState emptyState() {
        return AccountState.EMPTY;
    }

    @Override
    public EventAdapter<Event, ?> eventAdapter() {
        return new SealedEvents(stores.sealing());
    }

    @Override
    public EventHandler<AccountState, Event> eventHandler() {
        return (state, event) -> {
            AccountState next = state.apply(event);
            unapplied.add(new Tail(next.revision(), event));
            if (projection == null) {
                sends.recovered(event);
            }
            return next;
        };
    }

    @Override
    public SignalHandler<AccountState> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), state -> {
                    Consumer<AccountMessage> self = context.getSelf()::tell;
                    ActorRef<Projection.Command> started = context.spawn(
                            Projection.create(
                                    stores.backend(), notice -> self.accept(new AccountNotice.FromProjection(notice))),
                            "projection");
                    projection = started;
                    unapplied.forEach(tail -> started.tell(new Projection.Follow(tail.revision(), tail.event())));
                })
                .build();
    }

    @Override
    public CommandHandler<AccountMessage, Event, AccountState> commandHandler() {
        return (state, message) -> switch (message) {
            case AccountNotice.FromProjection(var notice) -> onProjection(state, notice);
            case AccountCommand command when !ready -> Effect().stash();
            case AccountCommand command -> onCommand(state, command);
            case AccountNotice notice -> onNotice(state, notice);
        };
    }

    private Effect<Event, AccountState> onProjection(AccountState state, Projection.Notice notice) {
        switch (notice) {
            case Projection.Applied(var revision, var lastSequence) -> {
                while (!unapplied.isEmpty() && unapplied.peek().revision() <= revision) {
                    sends.applied(unapplied.poll().event());
                }
                if (lastSequence > 0) {
                    services.events().published(id);
                }
                if (!ready && revision >= state.revision()) {
                    ready = true;
                    return begin(state);
                }
            }
            case Projection.Stalled(var why) -> context.getLog().warn("{}: stores are away: {}", id, why);
        }
        return Effect().none();
    }

    /// A new owner says so before anything else; then the account does what its desired state asks.
    private Effect<Event, AccountState> begin(AccountState state) {
        if (!state.created()) {
            return Effect().unstashAll();
        }
        Event.Builder owner =
                Event.newBuilder().setOwnerChanged(OwnerChanged.newBuilder().setEpoch(state.epoch() + 1));
        return Effect()
                .persist(Drafts.stamped(owner, state, services.clock().instant()))
                .thenRun(after -> {
                    follow(after);
                    operation.begin(after);
                    after.plugins()
                            .keySet()
                            .forEach(plugin -> services.runPlugin().accept(id, plugin));
                })
                .thenUnstashAll();
    }

    private void follow(AccountState state) {
        Tail last = unapplied.peekLast();
        ActorRef<Projection.Command> now = projection;
        if (last != null && now != null && last.revision() == state.revision()) {
            now.tell(new Projection.Follow(last.revision(), last.event()));
        }
    }

    private Effect<Event, AccountState> persist(AccountState state, Event.Builder draft, Consumer<AccountState> then) {
        return Effect()
                .persist(Drafts.stamped(draft, state, services.clock().instant()))
                .thenRun(after -> {
                    follow(after);
                    then.accept(after);
                });
    }

    private Effect<Event, AccountState> onCommand(AccountState state, AccountCommand command) {
        return switch (command) {
            case AccountCommand.Configure configure -> configure(state, configure);
            case AccountCommand.Describe(var replyTo) -> view(state, replyTo);
            case AccountCommand.SetDesiredState(var running, var replyTo) -> desired(state, running, replyTo);
            case AccountCommand.StartPairing start -> startPairing(state, start);
            case AccountCommand.DescribePairing(var pairing, var replyTo) -> {
                replyTo.tell(operation.desk().read(pairing));
                yield Effect().none();
            }
            case AccountCommand.WatchPairing(var pairing, var watcher) -> {
                operation.desk().watch(pairing, watcher);
                yield Effect().none();
            }
            case AccountCommand.CancelPairing(var pairing, var replyTo) -> {
                operation.cancelPairing(state);
                replyTo.tell(operation.desk().read(pairing));
                yield Effect().none();
            }
            case AccountCommand.Send send -> send(state, send);
            case AccountCommand.BindPlugin bind -> performed(state, bindings.bind(state, bind));
            case AccountCommand.UnbindPlugin unbind -> performed(state, bindings.unbind(state, unbind));
            case AccountCommand.StepPlugin step -> performed(state, bindings.step(state, step));
            case AccountCommand.DescribePlugin describe -> performed(state, bindings.describe(state, describe));
            case AccountCommand.Logout logout -> {
                operation.logout(state, logout);
                yield Effect().none();
            }
            case AccountCommand.Delete(var replyTo) -> delete(state, replyTo);
            case AccountCommand.Leave(var replyTo) -> {
                operation.leave(replyTo);
                yield Effect().stop();
            }
        };
    }

    private <T> Effect<Event, AccountState> refuse(ActorRef<Answer<T>> replyTo, Refusal.Code code, String detail) {
        replyTo.tell(Answer.refuse(code, detail));
        return Effect().none();
    }

    private <T> Effect<Event, AccountState> notFound(ActorRef<Answer<T>> replyTo) {
        return refuse(replyTo, Refusal.Code.ACCOUNT_NOT_FOUND, "there is no account " + id);
    }

    private Effect<Event, AccountState> view(AccountState state, ActorRef<Answer<AccountView>> replyTo) {
        if (!state.created()) {
            return notFound(replyTo);
        }
        replyTo.tell(Answer.of(operation.view(state)));
        return Effect().none();
    }

    private Effect<Event, AccountState> configure(AccountState state, AccountCommand.Configure configure) {
        Configured.Builder profile = state.profile().toBuilder();
        if (configure.pushName() != null) {
            profile.setPushName(configure.pushName());
        }
        if (configure.labels() != null) {
            profile.clearLabels().addAllLabels(configure.labels());
        }
        if (configure.metadata() != null) {
            profile.clearMetadata().putAllMetadata(configure.metadata());
        }
        return persist(
                state,
                Event.newBuilder().setConfigured(profile),
                after -> configure.replyTo().tell(Answer.of(operation.view(after))));
    }

    private Effect<Event, AccountState> desired(
            AccountState state, boolean running, ActorRef<Answer<AccountView>> replyTo) {
        if (!state.created()) {
            return notFound(replyTo);
        }
        if (state.running() == running) {
            return view(state, replyTo);
        }
        return persist(
                state,
                Event.newBuilder()
                        .setDesiredStateSet(DesiredStateSet.newBuilder().setRunning(running)),
                after -> {
                    operation.begin(after);
                    replyTo.tell(Answer.of(operation.view(after)));
                });
    }

    private Effect<Event, AccountState> startPairing(AccountState state, AccountCommand.StartPairing start) {
        if (!state.created()) {
            return notFound(start.replyTo());
        }
        if (state.linked() != null) {
            return refuse(start.replyTo(), Refusal.Code.ACCOUNT_ALREADY_PAIRED, "log out first");
        }
        if (operation.desk().active()) {
            return refuse(start.replyTo(), Refusal.Code.PAIRING_IN_PROGRESS, "one pairing at a time");
        }
        return persist(
                state,
                Event.newBuilder().setCredentialsDrawn(Drafts.credentials(services.random())),
                after -> start.replyTo().tell(Answer.of(operation.pair(after, start.phone()))));
    }

    private Effect<Event, AccountState> send(AccountState state, AccountCommand.Send send) {
        if (!state.created()) {
            return notFound(send.replyTo());
        }
        if (state.linked() == null) {
            return refuse(send.replyTo(), Refusal.Code.ACCOUNT_NOT_PAIRED, "pair the account first");
        }
        if (state.open().size() >= services.limits().openSendsMax()
                || unapplied.size() >= services.limits().unappliedMax()) {
            return refuse(send.replyTo(), Refusal.Code.MAILBOX_FULL, "too much is waiting to be sent");
        }
        context.pipeToSelf(
                stores.backend().outboundByIdempotencyKey(send.idempotencyKey()),
                (row, failure) ->
                        new AccountNotice.KeyLookedUp(send, row == null ? java.util.Optional.empty() : row, failure));
        return Effect().none();
    }

    private Effect<Event, AccountState> keyLookedUp(AccountState state, AccountNotice.KeyLookedUp found) {
        AccountCommand.Send send = found.send();
        Linked linked = state.linked();
        if (found.failure() != null || linked == null) {
            return refuse(send.replyTo(), Refusal.Code.JOURNAL_UNAVAILABLE, "the stores are away");
        }
        var before = sends.repeated(send, found.row());
        if (before.isPresent()) {
            send.replyTo().tell(before.get());
            return Effect().none();
        }
        Event.Builder accepted = sends.accepted(send, linked.jid());
        return persist(state, accepted, after -> {
            var intent = accepted.getSendsAccepted().getIntents(0);
            send.replyTo().tell(Answer.of(new AccountCommand.Accepted(intent.getMessageId(), "ACCEPTED", false)));
            operation.deliver(intent);
        });
    }

    private Effect<Event, AccountState> delete(AccountState state, ActorRef<Answer<Done>> replyTo) {
        if (!state.created()) {
            return notFound(replyTo);
        }
        state.plugins().keySet().forEach(plugin -> services.stopPlugin().accept(id, plugin));
        return persist(state, Event.newBuilder().setDeleted(Deleted.getDefaultInstance()), after -> {
            operation.end();
            var _ = stores.erase()
                    .get()
                    .whenComplete((done, failure) -> replyTo.tell(
                            failure == null
                                    ? Answer.of(Done.getInstance())
                                    : Answer.refuse(Refusal.Code.JOURNAL_UNAVAILABLE, "not all rows are gone yet")));
        });
    }

    private Effect<Event, AccountState> onNotice(AccountState state, AccountNotice notice) {
        return switch (notice) {
            case AccountNotice.FromLedger(Ledger.Write(var batch, var replyTo)) ->
                persist(state, Drafts.received(batch), after -> replyTo.tell(new Ledger.Written(after.revision())));
            case AccountNotice.KeyLookedUp found -> keyLookedUp(state, found);
            case AccountNotice.FromConnection(var said) -> performed(state, operation.connection(state, said));
            case AccountNotice.FromPairing(var pairing, var said) ->
                performed(state, operation.pairing(state, pairing, said));
            case AccountNotice.LoggedOut(var logout, var failure) -> loggedOut(state, logout, failure);
            case AccountNotice.FromInbox(var broken) ->
                throw new IllegalStateException("the inbox is ahead of the journal: " + broken);
            case AccountNotice.StoresOpened _, AccountNotice.StoresFailed _, AccountNotice.FromProjection _ ->
                Effect().none();
        };
    }

    private Effect<Event, AccountState> performed(AccountState state, Operation.Outcome outcome) {
        return switch (outcome) {
            case Operation.Outcome.Nothing() -> Effect().none();
            case Operation.Outcome.Journal(var draft, var then) -> persist(state, draft, then);
        };
    }

    private Effect<Event, AccountState> loggedOut(
            AccountState state, AccountCommand.Logout logout, @org.jspecify.annotations.Nullable Throwable failure) {
        if (failure != null) {
            return refuse(logout.replyTo(), Refusal.Code.ACCOUNT_NOT_PAIRED, "the server was not told: " + failure);
        }
        Unlinked why = Unlinked.newBuilder()
                .setReason(Unlinked.Reason.LOGGED_OUT)
                .setDetail("by request")
                .build();
        return persist(state, Drafts.unlinked(why, state.open().values()), after -> {
            operation.end();
            logout.replyTo().tell(Answer.of(operation.view(after)));
        });
    }
}
