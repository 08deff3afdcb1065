package dev.waggle.platform.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.typesafe.config.ConfigFactory;
import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.noise.RootKey;
import dev.waggle.platform.account.connection.ConnectionSettings;
import dev.waggle.platform.account.retention.RetentionSettings;
import dev.waggle.platform.eventlog.EventLog;
import dev.waggle.platform.journal.Sealing;
import dev.waggle.platform.port.Permits;
import dev.waggle.proto.journal.AccountStateBody;
import dev.waggle.proto.journal.DeviceRow;
import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.simulator.Simulator;
import dev.waggle.simulator.SimulatorSettings;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.exchange.Exchange;
import dev.waggle.simulator.fault.Fault;
import dev.waggle.simulator.report.Report;
import dev.waggle.stanza.login.ClientSettings;
import dev.waggle.stanza.login.ClientVersion;
import dev.waggle.stanza.message.MessageContent;
import dev.waggle.storage.Backend;
import dev.waggle.storage.cache.AccountCache;
import dev.waggle.storage.cache.CacheDriver;
import dev.waggle.storage.cache.CacheSettings;
import dev.waggle.storage.cache.CacheStore;
import dev.waggle.storage.memory.MemoryProvider;
import dev.waggle.transport.Target;
import dev.waggle.transport.netty.NettyTransports;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.stream.javadsl.Sink;

/// A simulated server and an account that is linked to it: real sockets, stores and journal in memory, a clock that
/// both go by.
final class LinkedAccount implements AutoCloseable {
    static final Duration WAIT = Duration.ofSeconds(20);

    final ActorTestKit kit = ActorTestKit.create(PersistenceTestKitPlugin.config()
            .withFallback(PersistenceTestKitSnapshotPlugin.config())
            .withFallback(ConfigFactory.load()));
    final SetClock clock = new SetClock();
    final Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT, clock, new SecureRandom());
    final Exchange exchange = simulator.exchange();
    final AccountId id = new AccountId("linked");
    private final NettyTransports transports = new NettyTransports(1);
    final MemoryProvider provider = new MemoryProvider();
    final EventLog events = new EventLog(provider::open);
    private final CacheStore cache = CacheDriver.named("memory").start(CacheSettings.DEFAULT);
    final Mine mine = new Mine();
    /// Whether this process may act for it.
    final AtomicBoolean tenure = new AtomicBoolean(true);
    private final List<String> listed = new CopyOnWriteArrayList<>();
    private final AccountServices.Limits limits;
    private ActorRef<AccountCommand> account;
    private long seen;

    LinkedAccount() throws Exception {
        this(AccountServices.Limits.DEFAULT);
    }

    LinkedAccount(AccountServices.Limits limits) throws Exception {
        this.limits = limits;
        account = spawn();
        configure();
        pair();
    }

    private ActorRef<AccountCommand> spawn() {
        return kit.spawn(Account.create(
                id,
                new AccountServices(
                        account -> provider.open(account)
                                .thenApply(store -> new AccountServices.Stores(
                                        store,
                                        AccountCache.plain(account, cache, CacheSettings.DEFAULT),
                                        Sealing.PLAIN,
                                        1,
                                        0)),
                        transports,
                        new AccountTest.NoHttp(),
                        AccountTest.noMedia(),
                        ConnectionSettings.of(Target.of(simulator.ws()), new RootKey(simulator.rootKey())),
                        Permits.FREE,
                        account -> tenure::get,
                        () -> ClientSettings.of(ClientVersion.parse("2.3000.1"), "Waggle"),
                        events,
                        (account, plugin) -> {},
                        (account, plugin) -> {},
                        row -> {
                            listed.add(row.observedState());
                            return CompletableFuture.completedStage(null);
                        },
                        (account, replyTo) -> {},
                        point -> {},
                        limits,
                        RetentionSettings.DEFAULT,
                        "node-1",
                        mine,
                        clock)));
    }

    /// The account's chance, and a way to let one of its actors fail as by an error of ours.
    static final class Mine extends SecureRandom {
        private static final long serialVersionUID = 1;
        private volatile String place = "";

        /// Goes off once, the next time that a class so named draws something.
        void lay(String where) {
            place = where;
        }

        boolean laid() {
            return !place.isEmpty();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            String here = place;
            if (!here.isEmpty() && reaches(here)) {
                place = "";
                throw new IllegalStateException("planted in " + here);
            }
            super.nextBytes(bytes);
        }

        private static boolean reaches(String here) {
            return StackWalker.getInstance()
                    .walk(frames ->
                            frames.anyMatch(frame -> frame.getClassName().equals(here)));
        }
    }

    /// Accepts a text and gives the message's id.
    String send(Jid chat, String text) {
        return granted(sending(chat, text)).messageId();
    }

    /// Asks to send a text and gives the code of the refusal; empty when it was accepted.
    Optional<Refusal.Code> refused(Jid chat, String text) {
        TestProbe<Answer<AccountCommand.Accepted>> probe = kit.createTestProbe();
        account.tell(sending(chat, text).apply(probe.ref()));
        return probe.receiveMessage(WAIT) instanceof Answer.Refused<AccountCommand.Accepted>(var refusal)
                ? Optional.of(refusal.code())
                : Optional.empty();
    }

    private static Function<ActorRef<Answer<AccountCommand.Accepted>>, AccountCommand> sending(Jid chat, String text) {
        return to -> new AccountCommand.Send(
                chat, "text", text, MessageContent.text(text), "key-" + text, Bytes.utf8(text), to);
    }

    private void configure() {
        granted((ActorRef<Answer<AccountView>> to) -> new AccountCommand.Configure("Bee", List.of(), Map.of(), to));
    }

    /// Scans the code that the account shows, and waits until it is online.
    void pair() throws Exception {
        PairingView begun = granted(to -> new AccountCommand.StartPairing(null, to));
        TestProbe<Answer<PairingView>> watcher = kit.createTestProbe();
        account.tell(new AccountCommand.WatchPairing(begun.id(), watcher.ref()));
        String qr = null;
        while (qr == null) {
            qr = ((Answer.Granted<PairingView>) watcher.receiveMessage(WAIT))
                    .value()
                    .qr();
        }
        String shown = qr;
        ask(() -> exchange.phones().scanQr(shown));
        until(ObservedState.ONLINE);
    }

    /// The account ends as if its process had, and comes back.
    void restart() {
        kit.stop(account);
        account = spawn();
    }

    /// It has ended, or does now.
    void expectEnd() {
        kit.createTestProbe().expectTerminated(account, WAIT);
    }

    /// Also what only its own wiring says to it.
    void tell(AccountMessage message) {
        account.<AccountMessage>unsafeUpcast().tell(message);
    }

    <T> Answer<T> answer(Function<ActorRef<Answer<T>>, AccountCommand> command) {
        TestProbe<Answer<T>> probe = kit.createTestProbe();
        account.tell(command.apply(probe.ref()));
        return probe.receiveMessage(WAIT);
    }

    <T> T granted(Function<ActorRef<Answer<T>>, AccountCommand> command) {
        TestProbe<Answer<T>> probe = kit.createTestProbe();
        account.tell(command.apply(probe.ref()));
        Answer<T> answer = probe.receiveMessage(WAIT);
        assertThat(answer).isInstanceOf(Answer.Granted.class);
        return ((Answer.Granted<T>) answer).value();
    }

    AccountView view() {
        return granted(AccountCommand.Describe::new);
    }

    /// The states that the directory was told, in order.
    List<String> listed() {
        return List.copyOf(listed);
    }

    void run(boolean running) {
        granted((ActorRef<Answer<AccountView>> to) -> new AccountCommand.SetDesiredState(running, to));
    }

    /// Waits for the next change to that state, after the last one that was waited for.
    AccountStateBody until(ObservedState state) throws Exception {
        PublicEvent event = events.tail(id, seen, Set.of("account.state"))
                .filter(change -> change.getAccountState().getState().equals(state.name()))
                .runWith(Sink.head(), kit.system())
                .toCompletableFuture()
                .orTimeout(WAIT.toSeconds(), TimeUnit.SECONDS)
                .exceptionally(failure -> {
                    throw new AssertionError("never " + state + ": " + view() + ", server: " + report(), failure);
                })
                .get();
        seen = event.getSequence();
        return event.getAccountState();
    }

    <T> T ask(Callable<T> question) {
        return exchange.ask(question).join();
    }

    int arm(Fault.Kind kind, int count, int code, int ms) {
        return ask(() -> exchange.arm(new Fault(kind, Optional.empty(), count, ms, code, 0)));
    }

    /// The server ends the connection without a word; the account is online again.
    void cut() throws Exception {
        arm(Fault.Kind.CUT, 1, 0, 0);
        until(ObservedState.ONLINE);
    }

    /// The account as the server knows it.
    Device device() {
        Jid jid = Objects.requireNonNull(view().jid());
        return ask(() -> Objects.requireNonNull(exchange.directory().device(jid)));
    }

    Report.Snapshot report() {
        return ask(() -> exchange.report().snapshot());
    }

    long count(String counter) {
        return report().counters().getOrDefault(counter, 0L);
    }

    User contact(String name) {
        return ask(() -> exchange.contacts().add(name));
    }

    Backend store() {
        return provider.open(id).toCompletableFuture().join();
    }

    DeviceRow row() {
        try {
            return DeviceRow.parseFrom(store().loadDevice()
                    .toCompletableFuture()
                    .join()
                    .orElseThrow()
                    .unsafeArray());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /// Looks until it is so.
    <T> T eventually(Callable<T> question, Predicate<T> so) {
        TestProbe<Object> probe = kit.createTestProbe();
        return probe.awaitAssert(WAIT, () -> {
            T now = call(question);
            assertThat(now).matches(so);
            return now;
        });
    }

    private static <T> T call(Callable<T> question) {
        try {
            return question.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /// The first such event after `after`.
    PublicEvent event(long after, String type, Predicate<PublicEvent> wanted) throws Exception {
        return events.tail(id, after, Set.of(type))
                .filter(wanted::test)
                .runWith(Sink.head(), kit.system())
                .toCompletableFuture()
                .get(WAIT.toSeconds(), TimeUnit.SECONDS);
    }

    /// Text messages that came in, in order.
    PublicEvent message(String text) throws Exception {
        return events.tail(id, 0, Set.of("message.received", "message.undecryptable"))
                .filter(event -> event.getMessage().getText().equals(text))
                .runWith(Sink.head(), kit.system())
                .toCompletableFuture()
                .get(WAIT.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
        transports.close();
        simulator.close();
    }
}
