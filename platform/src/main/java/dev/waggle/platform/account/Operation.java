package dev.waggle.platform.account;

import dev.waggle.address.AccountId;
import dev.waggle.platform.account.connection.Connection;
import dev.waggle.platform.account.connection.ConnectionWorld;
import dev.waggle.platform.account.connection.Exit;
import dev.waggle.platform.account.device.DeviceBook;
import dev.waggle.platform.account.directory.FreshCache;
import dev.waggle.platform.account.ledger.Ledger;
import dev.waggle.platform.account.pairing.Pairing;
import dev.waggle.platform.account.state.AccountState;
import dev.waggle.platform.account.state.AccountState.Link;
import dev.waggle.platform.account.state.Credentials;
import dev.waggle.platform.account.state.Drafts;
import dev.waggle.platform.account.state.Scheduled;
import dev.waggle.platform.port.Line;
import dev.waggle.platform.port.LineException;
import dev.waggle.platform.port.Received;
import dev.waggle.proto.journal.Event;
import dev.waggle.proto.journal.Intent;
import dev.waggle.proto.journal.Unlinked;
import dev.waggle.stanza.iq.companion.Logout;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/// What an account does to the outside, after its journal said so: connection, household, pairing, and what is
/// observed.
final class Operation {
    /// What a command or a notice means for the journal.
    sealed interface Outcome {
        Outcome NOTHING = new Nothing();
        Outcome LATER = new Later();

        /// Answered, or nothing to answer.
        record Nothing() implements Outcome {}

        /// Somebody was asked first, whose word comes as a notice.
        record Later() implements Outcome {}

        record Journal(Event.Builder draft, Consumer<AccountState> then) implements Outcome {}
    }

    private static final Outcome NOTHING = Outcome.NOTHING;
    private static final Duration BAN_LOOK_MAX = Duration.ofDays(1);

    private final ActorContext<AccountMessage> context;
    private final AccountId id;
    private final AccountServices services;
    private final AccountServices.Stores stores;
    private final ActorRef<Ledger.Command> ledger;
    private final DeviceBook book;
    private final ActorRef<Connection.Command> connection;
    private final Exit exit;
    /// Completes when nothing comes in any more, of an account that leaves or was deleted.
    final CompletableFuture<Done> offline = new CompletableFuture<>();
    private final PairingDesk desk = new PairingDesk();
    private @Nullable FreshCache cache;
    /// Accepted while there was nobody to send them; no more than may be open.
    private final Set<String> unsent = new HashSet<>();
    private @Nullable Household household;
    private @Nullable Line line;
    private @Nullable Instant lastTrafficAt;
    private int logins;
    private int pairings;

    Operation(
            ActorContext<AccountMessage> context,
            AccountId id,
            AccountServices services,
            AccountServices.Stores stores,
            ActorRef<Ledger.Command> ledger) {
        this.context = context;
        this.id = id;
        this.services = services;
        this.stores = stores;
        this.ledger = ledger;
        this.book = new DeviceBook(stores.backend(), services.clock());
        Consumer<AccountMessage> self = context.getSelf()::tell;
        this.exit = new Exit(services.connection().target().egress());
        this.connection = context.spawn(
                Connection.create(
                        new ConnectionWorld(
                                services.connection(),
                                exit,
                                last -> services.permits().dial(id, last),
                                services.tenure(id),
                                services.transports(),
                                services.random(),
                                services.clock()),
                        notice -> self.accept(new AccountNotice.FromConnection(notice))),
                "connection");
        context.watch(connection);
    }

    PairingDesk desk() {
        return desk;
    }

    /// Brings the connection in line with the desired state.
    void begin(AccountState state) {
        exit.follow(state.profile().getProxy());
        Link.Linked linked = state.linked();
        if (!state.running() || linked == null) {
            close("stopped");
            awaitEnd(state);
            return;
        }
        Household now = household;
        if (now == null) {
            // One for as long as this owner lives, whatever is linked.
            FreshCache learned = cache != null ? cache : new FreshCache(stores.cache(), state.epoch());
            cache = learned;
            now = new Household(context, id, services, stores, learned, ledger, exit, book, linked);
            household = now;
            Household made = now;
            state.open().values().forEach(intent -> {
                if (Scheduled.waits(intent)) {
                    made.await(intent);
                } else {
                    made.deliver(intent, unsent.contains(intent.getMessageId()));
                }
            });
            unsent.clear();
        }
        connection.tell(new Connection.Open(now.login(++logins), now::take));
    }

    /// From now on by the way that the state names; a connection by another way ends.
    void leaveBy(AccountState state) {
        if (exit.follow(state.profile().getProxy())) {
            connection.tell(new Connection.Redial("the proxy was changed"));
        }
    }

    private void close(String why) {
        connection.tell(new Connection.Close(why, context.getSystem().ignoreRef()));
        lost();
    }

    private void lost() {
        line = null;
        home().ifPresent(Household::lineDown);
    }

    private Optional<Household> home() {
        return Optional.ofNullable(household);
    }

    /// The link of this account to its phone is over.
    void end() {
        connection.tell(new Connection.Close("ended", context.getSystem().ignoreRef()));
        leave();
    }

    /// The account itself is over.
    void delete() {
        connection.tell(new Connection.Leave("deleted", offline));
        leave();
    }

    private void leave() {
        line = null;
        home().ifPresent(Household::stop);
        household = null;
        Optional.ofNullable(cache).ifPresent(learned -> {
            var _ = learned.forgetAll();
        });
    }

    /// First the connection, so that nothing comes in any more.
    Outcome leave(AccountCommand.Leave leave) {
        connection.tell(new Connection.Leave("the node is going down", offline));
        lost();
        CompletionStage<Done> left =
                home().map(now -> now.leave(offline, ledger)).orElse(offline);
        if (cache != null) {
            left = left.thenCombine(cache.handOver(), (done, _) -> done);
        }
        context.pipeToSelf(left, (done, failure) -> new AccountNotice.Left(leave, false));
        return Outcome.LATER;
    }

    /// For the first time: none of it can have left.
    void deliver(Intent intent) {
        home().ifPresentOrElse(now -> now.deliver(intent, true), () -> unsent.add(intent.getMessageId()));
    }

    /// Accepted for later: until then what it needs is kept.
    void await(Intent intent) {
        home().ifPresent(now -> now.await(intent));
    }

    /// Nothing will come of it any more.
    void over(Intent intent) {
        home().ifPresent(now -> now.over(intent));
    }

    /// @param told whether it is certain that nothing of it has left, nor will; to be asked in the account's turn,
    ///     since whoever let go of it may have been followed by another who did not
    void withdraw(String message, Consumer<BooleanSupplier> told) {
        Household now = household;
        if (now != null) {
            var _ = now.withdraw(message).thenAccept(unsent -> told.accept(() -> unsent && now.equals(household)));
        } else {
            boolean never = unsent.remove(message);
            told.accept(() -> never && household == null);
        }
    }

    /// The stores have this event.
    void followed(Event event) {
        home().ifPresent(now -> now.followed(event));
    }

    void fetch(AccountCommand.FetchMedia fetch) {
        home().ifPresentOrElse(
                        now -> now.fetch(fetch),
                        () -> fetch.refuse(Refusal.of(Refusal.Code.ACCOUNT_NOT_PAIRED, "the account is starting")));
    }

    PairingView pair(AccountState state, @Nullable String phone) {
        Link.Unpaired unpaired = (Link.Unpaired) state.link();
        var drawn = unpaired.drawn();
        if (drawn == null) {
            throw new IllegalStateException("a pairing without keys");
        }
        Credentials credentials = Credentials.of(drawn);
        String pairing = "p" + ++pairings + "-" + state.revision();
        Consumer<AccountMessage> self = context.getSelf()::tell;
        ActorRef<Pairing.Command> attempt = context.spawn(
                Pairing.create(
                        PairingDesk.keys(credentials),
                        PairingDesk.way(phone, services.client()),
                        services.random(),
                        services.clock(),
                        notice -> self.accept(new AccountNotice.FromPairing(pairing, notice))),
                "pairing-" + pairings);
        connection.tell(new Connection.Open(
                Household.registration(services, credentials, state.profile().getPushName()),
                received -> attempt.tell(new Pairing.Take(received))));
        return desk.open(pairing, phone == null ? "qr" : "code", attempt);
    }

    void cancelPairing(AccountState state) {
        ActorRef<Pairing.Command> attempt = desk.pairing();
        if (attempt != null) {
            context.stop(attempt);
            desk.over(PairingView.State.FAILED, "cancelled");
            begin(state);
        }
    }

    Outcome pairing(AccountState state, String pairing, Pairing.Notice notice) {
        if (!(desk.read(pairing) instanceof Answer.Granted)) {
            return NOTHING;
        }
        return switch (notice) {
            case Pairing.QrShown(var text, var until) -> {
                desk.shown(PairingView.State.WAITING, text, null, until);
                yield observe(state, ObservedState.PAIRING, "waiting for the phone");
            }
            case Pairing.CodeShown(var code, var until) -> {
                desk.shown(PairingView.State.WAITING, null, code, until);
                yield observe(state, ObservedState.PAIRING, "waiting for the phone");
            }
            case Pairing.Proposed proposed -> {
                desk.shown(PairingView.State.CONFIRMING, null, null, null);
                yield new Outcome.Journal(Event.newBuilder().setPaired(PairingDesk.paired(proposed)), this::confirm);
            }
            case Pairing.Confirmed() -> {
                desk.over(PairingView.State.PAIRED, null);
                yield NOTHING;
            }
            case Pairing.Expired() -> over(state, PairingView.State.EXPIRED, "pairing-expired");
            case Pairing.Failed(var why) -> over(state, PairingView.State.FAILED, why);
        };
    }

    /// The link is durable: the next dial logs in, and the server may be told.
    private void confirm(AccountState state) {
        begin(state);
        ActorRef<Pairing.Command> attempt = desk.pairing();
        if (attempt != null) {
            attempt.tell(new Pairing.Confirm());
        }
    }

    private Outcome over(AccountState state, PairingView.State end, String why) {
        desk.over(end, why);
        close(why);
        return observe(state, ObservedState.UNPAIRED, why);
    }

    Outcome connection(AccountState state, Connection.Notice notice) {
        return switch (notice) {
            case Connection.Dialling() ->
                state.linked() == null ? NOTHING : observe(state, ObservedState.CONNECTING, "dialling");
            case Connection.Authenticated(var up) -> {
                line = up;
                home().ifPresent(now -> now.authenticated(up));
                yield observe(state, ObservedState.SYNCING, "logged in");
            }
            case Connection.Drained(var up) -> {
                home().ifPresent(now -> now.drained(up));
                yield observe(state, ObservedState.ONLINE, "drained");
            }
            case Connection.Traffic(var at) -> {
                lastTrafficAt = at;
                yield NOTHING;
            }
            case Connection.Down(var why, var next) -> {
                lost();
                // A socket that ends after a stop was asked for is no news.
                yield state.linked() == null || !state.running() ? NOTHING : observe(state, ObservedState.WAITING, why);
            }
            case Connection.Ended ended -> ended(state, ended);
        };
    }

    private Outcome ended(AccountState state, Connection.Ended ended) {
        lost();
        if (state.linked() == null) {
            return over(state, PairingView.State.FAILED, ended.why());
        }
        Instant until = ended.until();
        Unlinked unlinked = Unlinked.newBuilder()
                .setReason(Unlinked.Reason.valueOf(ended.reason().name()))
                .setDetail(ended.why())
                .setUntilMillis(until == null ? 0 : until.toEpochMilli())
                .setCode(ended.code())
                .build();
        return new Outcome.Journal(
                Drafts.unlinked(state, unlinked, services.clock().instant()), after -> {
                    end();
                    awaitEnd(after);
                });
    }

    /// A ban with an end is over by itself: the account looks again then, and once a day before, since clocks move.
    private void awaitEnd(AccountState state) {
        Instant until = state.bannedUntil();
        if (until != null && state.running()) {
            Duration left = Duration.between(services.clock().instant(), until);
            Duration pause = left.compareTo(BAN_LOOK_MAX) > 0 ? BAN_LOOK_MAX : left;
            context.scheduleOnce(
                    pause.isNegative() ? Duration.ZERO : pause, context.getSelf(), new AccountNotice.LookAtBan());
        }
    }

    /// Back to the kept link when its ban is over.
    Outcome lookAtBan(AccountState state) {
        Instant until = state.bannedUntil();
        if (until == null || !state.running()) {
            return NOTHING;
        }
        if (until.isAfter(services.clock().instant())) {
            awaitEnd(state);
            return NOTHING;
        }
        return new Outcome.Journal(Event.newBuilder().setPaired(state.lastPaired()), this::begin);
    }

    private Outcome observe(AccountState state, ObservedState next, String reason) {
        return state.observed().getState().equals(next.name())
                ? NOTHING
                : new Outcome.Journal(Drafts.observed(state, next.name(), reason), after -> {});
    }

    Outcome logout(AccountState state, AccountCommand.Logout logout) {
        Link.Linked linked = state.linked();
        Line now = line;
        CompletionStage<?> told = linked == null || now == null
                ? CompletableFuture.failedFuture(
                        new LineException(LineException.Kind.ENDED, "the account is not connected"))
                : now.ask(new Logout(linked.jid()));
        context.pipeToSelf(told, (done, failure) -> new AccountNotice.LoggedOut(logout, failure));
        return Outcome.LATER;
    }

    /// Completes when the directory has the account as it stands.
    CompletionStage<Void> list(AccountState state) {
        return services.list().apply(Views.row(view(state), services.clock().instant()));
    }

    AccountView view(AccountState state) {
        Instant acked = household == null ? null : household.lastServerAckAt();
        return Views.of(id, state, services.node(), lastTrafficAt, acked);
    }
}
