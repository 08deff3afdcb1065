package dev.waggle.platform.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.noise.RootKey;
import dev.waggle.platform.account.AccountCommand.Accepted;
import dev.waggle.platform.account.connection.ConnectionSettings;
import dev.waggle.platform.account.media.MediaServices;
import dev.waggle.platform.account.media.MediaSettings;
import dev.waggle.platform.account.media.TransferGate;
import dev.waggle.platform.account.pairing.Pairing;
import dev.waggle.platform.account.retention.RetentionSettings;
import dev.waggle.platform.cluster.AccountDirectory;
import dev.waggle.platform.eventlog.EventLog;
import dev.waggle.platform.journal.Sealing;
import dev.waggle.platform.port.Permits;
import dev.waggle.platform.port.tenure.Tenure;
import dev.waggle.platform.spool.FileSpool;
import dev.waggle.platform.spool.SpoolSettings;
import dev.waggle.proto.journal.AccountStateBody;
import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.stanza.login.ClientSettings;
import dev.waggle.stanza.login.ClientVersion;
import dev.waggle.stanza.message.MessageContent;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.cache.AccountCache;
import dev.waggle.storage.cache.CacheDriver;
import dev.waggle.storage.cache.CacheSettings;
import dev.waggle.storage.cache.CacheStore;
import dev.waggle.storage.control.AccountRow;
import dev.waggle.storage.memory.MemoryProvider;
import dev.waggle.transport.DisconnectReason;
import dev.waggle.transport.Target;
import dev.waggle.transport.TransportEvents;
import dev.waggle.transport.TransportFactory;
import dev.waggle.transport.http.HttpCall;
import dev.waggle.transport.http.HttpClient;
import dev.waggle.transport.http.HttpException;
import dev.waggle.transport.http.HttpExchange;
import dev.waggle.transport.runtime.ThreadRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// The entity over a journal and stores in memory, without a network: what it answers, and what it remembers.
class AccountTest {
    private static final ActorTestKit KIT = ActorTestKit.create(
            ConfigFactory.parseString("pekko.persistence.journal.plugin = \"pekko.persistence.journal.inmem\"")
                    .withFallback(ConfigFactory.load()));
    private static final Jid CHAT = Jid.pn("5511999999999");

    private final AccountId id = new AccountId("account-" + new SecureRandom().nextInt(1_000_000));
    private final MemoryProvider provider = new MemoryProvider();
    private final CacheStore cache = CacheDriver.named("memory").start(CacheSettings.DEFAULT);
    private final EventLog events = new EventLog(provider::open);
    private final AccountDirectory directory = AccountDirectory.open(provider.control(), new ThreadRuntime(1_000))
            .toCompletableFuture()
            .join();
    private final List<AccountId> erased = new CopyOnWriteArrayList<>();
    private volatile Function<AccountRow, CompletionStage<Void>> list = directory::put;
    private ActorRef<AccountCommand> account = spawn();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    /// Nobody listens anywhere.
    private static final class NoNetwork implements TransportFactory {
        @Override
        public void connect(Target target, TransportEvents told) {
            told.disconnected(new DisconnectReason.Refused("no network"));
        }

        @Override
        public void close() {}
    }

    static final class NoHttp implements HttpClient {
        @Override
        public CompletionStage<HttpExchange> execute(HttpCall call) {
            return CompletableFuture.failedFuture(
                    new HttpException(HttpException.Kind.UNREACHABLE, "no network", false));
        }

        @Override
        public void close() {}
    }

    static MediaServices noMedia() {
        MediaSettings settings = MediaSettings.from(ConfigFactory.load());
        try {
            Path folder = Files.createTempDirectory("waggle-spool");
            return new MediaServices(
                    new FileSpool(
                            SpoolSettings.of(folder, ConfigFactory.load()),
                            account -> Sealing.PLAIN,
                            new SecureRandom(),
                            Clock.systemUTC()),
                    new NoHttp(),
                    new TransferGate(settings),
                    new ThreadRuntime(1_000),
                    settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ActorRef<AccountCommand> spawn() {
        return KIT.spawn(Account.create(
                id,
                new AccountServices(
                        account -> provider.open(account)
                                .thenApply(store -> new AccountServices.Stores(
                                        store,
                                        AccountCache.plain(account, cache, CacheSettings.DEFAULT),
                                        Sealing.PLAIN,
                                        1,
                                        0)),
                        new NoNetwork(),
                        new NoHttp(),
                        noMedia(),
                        ConnectionSettings.of(Target.of(URI.create("ws://127.0.0.1:9/ws/chat")), RootKey.WHATSAPP),
                        Permits.FREE,
                        account -> Tenure.ALWAYS,
                        () -> ClientSettings.of(ClientVersion.parse("2.3000.1"), "Waggle"),
                        events,
                        (account, plugin) -> {},
                        (account, plugin) -> {},
                        row -> list.apply(row),
                        (account, replyTo) -> erased.add(account),
                        point -> {},
                        AccountServices.Limits.DEFAULT,
                        RetentionSettings.DEFAULT,
                        "node-1",
                        new SecureRandom(),
                        Clock.systemUTC())));
    }

    private void restart() {
        KIT.stop(account);
        account = spawn();
    }

    private <T> Answer<T> ask(Function<ActorRef<Answer<T>>, AccountCommand> command) {
        TestProbe<Answer<T>> probe = KIT.createTestProbe();
        account.tell(command.apply(probe.ref()));
        return probe.receiveMessage(Duration.ofSeconds(20));
    }

    private <T> T granted(Function<ActorRef<Answer<T>>, AccountCommand> command) {
        Answer<T> answer = ask(command);
        assertThat(answer).isInstanceOf(Answer.Granted.class);
        return ((Answer.Granted<T>) answer).value();
    }

    private static <T> Refusal.Code code(Answer<T> answer) {
        return ((Answer.Refused<T>) answer).refusal().code();
    }

    private AccountView configure() {
        return granted(to -> new AccountCommand.Configure("Bee", List.of("test"), Map.of("k", "v"), to));
    }

    /// Through the same doors as a real pairing, with a phone that agrees at once.
    private void pair() {
        configure();
        PairingView begun = granted(to -> new AccountCommand.StartPairing(null, to));
        account.<AccountMessage>unsafeUpcast()
                .tell(new AccountNotice.FromPairing(
                        begun.id(),
                        new Pairing.Proposed(
                                Jid.pn("551100000001").withDevice(4),
                                Jid.lid("100000000000001").withDevice(4),
                                Bytes.utf8("identity"),
                                "android",
                                "")));
    }

    private Answer<Accepted> send(String key, String text) {
        return ask(to ->
                new AccountCommand.Send(CHAT, "text", text, MessageContent.text(text), key, Bytes.utf8(text), to));
    }

    private Accepted accepted(String key, String text) {
        return ((Answer.Granted<Accepted>) send(key, text)).value();
    }

    @Test
    void an_account_that_was_never_configured_is_not_there() {
        assertThat(code(ask(AccountCommand.Describe::new))).isEqualTo(Refusal.Code.ACCOUNT_NOT_FOUND);
        assertThat(code(send("k", "x"))).isEqualTo(Refusal.Code.ACCOUNT_NOT_FOUND);
    }

    @Test
    void what_was_configured_is_remembered_and_every_new_owner_raises_the_epoch() {
        AccountView before = configure();
        assertThat(before.observed()).isEqualTo(ObservedState.UNPAIRED);
        assertThat(before.running()).isTrue();
        restart();
        AccountView after = granted(AccountCommand.Describe::new);
        assertThat(after.pushName()).isEqualTo("Bee");
        assertThat(after.labels()).containsExactly("test");
        assertThat(after.epoch()).isEqualTo(before.epoch() + 1);
        assertThat(granted((ActorRef<Answer<AccountView>> to) -> new AccountCommand.SetDesiredState(false, to))
                        .running())
                .isFalse();
    }

    @Test
    void a_creation_is_granted_only_when_the_directory_has_it_also_when_it_is_repeated() {
        list = row -> CompletableFuture.failedFuture(new StoreException(StoreException.Code.STORAGE_BUSY, "away"));
        for (int i = 0; i < 3; i++) {
            Answer<AccountView> answer =
                    ask(to -> new AccountCommand.Configure("Bee", List.of("test"), Map.of("k", "v"), to));
            assertThat(code(answer)).isEqualTo(Refusal.Code.JOURNAL_UNAVAILABLE);
        }
        assertThat(directory.find(id)).isEmpty();
        list = directory::put;
        configure();
        assertThat(directory.find(id)).isPresent();
    }

    @Test
    void an_unpaired_account_sends_nothing() {
        configure();
        assertThat(code(send("k", "x"))).isEqualTo(Refusal.Code.ACCOUNT_NOT_PAIRED);
    }

    @Test
    void a_send_is_accepted_once_per_key_even_across_a_restart() {
        pair();
        Accepted first = accepted("key", "hello");
        assertThat(first.repeated()).isFalse();
        assertThat(first.messageId()).startsWith("3EB0");
        assertThat(accepted("key", "hello")).isEqualTo(new Accepted(first.messageId(), "ACCEPTED", true));
        assertThat(code(send("key", "other"))).isEqualTo(Refusal.Code.IDEMPOTENCY_MISMATCH);
        assertThat(accepted("another", "hello").messageId()).isNotEqualTo(first.messageId());
        restart();
        assertThat(accepted("key", "hello")).isEqualTo(new Accepted(first.messageId(), "ACCEPTED", true));
    }

    @Test
    void without_a_network_the_status_says_so() throws Exception {
        pair();
        granted(AccountCommand.Describe::new);
        firstState("WAITING", 0);
        AccountView view = granted(AccountCommand.Describe::new);
        assertThat(view.observed()).isIn(ObservedState.WAITING, ObservedState.CONNECTING);
        assertThat(view.jid()).isEqualTo(Jid.pn("551100000001").withDevice(4));
    }

    @Test
    void a_stop_and_a_start_are_told_to_who_follows_the_log() throws Exception {
        pair();
        granted((ActorRef<Answer<AccountView>> to) -> new AccountCommand.SetDesiredState(false, to));
        assertThat(granted(AccountCommand.Describe::new).observed()).isEqualTo(ObservedState.STOPPED);
        PublicEvent stopped = firstState("STOPPED", 0);
        assertThat(stopped.getAccountState().getDesired()).isEqualTo("STOPPED");
        granted((ActorRef<Answer<AccountView>> to) -> new AccountCommand.SetDesiredState(true, to));
        assertThat(firstState("WAITING", stopped.getSequence()).getAccountState())
                .extracting(AccountStateBody::getReason, AccountStateBody::getDesired)
                .containsExactly("started", "RUNNING");
    }

    private PublicEvent firstState(String state, long after) throws Exception {
        return events.tail(id, after, Set.of("account.state"))
                .filter(event -> event.getAccountState().getState().equals(state))
                .runWith(Sink.head(), KIT.system())
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    @Test
    void public_events_are_numbered_without_gaps_across_owners() throws Exception {
        pair();
        accepted("k", "x");
        restart();
        accepted("k2", "y");
        long latest = granted(AccountCommand.Describe::new).lastSequence();
        List<PublicEvent> all;
        do {
            all = events.page(id, 0, Set.of(), 1_000).toCompletableFuture().get(20, TimeUnit.SECONDS);
        } while (all.size() < latest);
        for (int i = 0; i < latest; i++) {
            assertThat(all.get(i).getSequence()).isEqualTo(i + 1);
        }
    }

    @Test
    void a_step_of_a_plugin_is_taken_once() {
        pair();
        granted((ActorRef<Answer<AccountView>> to) -> new AccountCommand.BindPlugin("echo", Map.of(), to));
        long cursor = granted((ActorRef<Answer<AccountCommand.PluginView>> to) ->
                        new AccountCommand.DescribePlugin("echo", to))
                .cursor();
        var sends = List.of(new AccountCommand.PluginSend(CHAT, "text", "hi", MessageContent.text("hi")));
        AccountCommand.PluginStepDone done =
                granted(to -> new AccountCommand.StepPlugin("echo", cursor, cursor + 1, Bytes.utf8("s"), sends, to));
        assertThat(done.messageIds()).hasSize(1);
        Answer<AccountCommand.PluginStepDone> again =
                ask(to -> new AccountCommand.StepPlugin("echo", cursor, cursor + 1, Bytes.utf8("s"), sends, to));
        assertThat(code(again)).isEqualTo(Refusal.Code.STALE_STEP);
        restart();
        assertThat(granted((ActorRef<Answer<AccountCommand.PluginView>> to) ->
                        new AccountCommand.DescribePlugin("echo", to)))
                .extracting(AccountCommand.PluginView::cursor, AccountCommand.PluginView::state)
                .containsExactly(cursor + 1, Bytes.utf8("s"));
    }

    @Test
    void a_deleted_account_hands_over_its_rows_and_ends() {
        configure();
        TestProbe<Answer<Done>> answers = KIT.createTestProbe();
        account.tell(new AccountCommand.Delete(answers.ref()));
        answers.expectTerminated(account, Duration.ofSeconds(20));
        assertThat(erased).containsExactly(id);
    }
}
