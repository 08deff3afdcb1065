package dev.waggle.platform.webhook;

import com.typesafe.config.ConfigFactory;
import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.platform.cluster.AccountDirectory;
import dev.waggle.platform.eventlog.EventLog;
import dev.waggle.platform.port.webhook.Ordering;
import dev.waggle.platform.port.webhook.Position;
import dev.waggle.platform.port.webhook.WebhookDraft;
import dev.waggle.platform.port.webhook.Webhooks;
import dev.waggle.proto.journal.MessageBody;
import dev.waggle.proto.journal.Party;
import dev.waggle.proto.journal.PublicEvent;
import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.control.AccountRow;
import dev.waggle.storage.memory.MemoryProvider;
import dev.waggle.storage.row.EventRow;
import dev.waggle.storage.vault.MasterKey;
import dev.waggle.storage.vault.SealedProvider;
import dev.waggle.storage.vault.Sealer;
import dev.waggle.storage.vault.Vault;
import dev.waggle.transport.http.HttpClient;
import dev.waggle.transport.netty.NettyHttpClient;
import dev.waggle.transport.runtime.TaskRuntime;
import dev.waggle.transport.runtime.ThreadRuntime;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.jspecify.annotations.Nullable;

/// Webhooks over stores in memory, with accounts that never run: their events are written by the test.
final class Rig implements AutoCloseable {
    static final Map<String, String> QUICK = Map.of(
            "waggle.webhook.allow-http", "on",
            "waggle.webhook.allow-private", "on",
            "waggle.webhook.retries", "20ms, 20ms, 20ms",
            "waggle.webhook.probe-every", "20ms",
            "waggle.webhook.answer-max", "2s");

    final MemoryProvider memory = new MemoryProvider();
    final BackendProvider stores;
    final MeterRegistry meters = new SimpleMeterRegistry();
    final Receiver receiver;
    final AccountDirectory directory;
    private final EventLog log;
    private final TaskRuntime runtime = new ThreadRuntime(10_000);
    private final HttpClient http = new NettyHttpClient(1);
    private final SecureRandom random = new SecureRandom();
    private final Vault vault;
    private final Map<AccountId, Long> latest = new HashMap<>();
    private final Map<String, String> keys;
    private ActorTestKit kit;
    Webhooks webhooks;

    Rig(Map<String, String> more) throws Exception {
        this(more, null);
    }

    /// @param provider other stores than those in memory
    Rig(Map<String, String> more, @Nullable BackendProvider provider) throws Exception {
        BackendProvider plain = provider == null ? memory : provider;
        vault = new Vault(plain.control(), new MasterKey(Bytes.wrap(new byte[32])), random);
        stores = SealedProvider.over(plain, vault, random);
        log = new EventLog(stores::open);
        Map<String, String> all = new HashMap<>(QUICK);
        all.putAll(more);
        keys = all;
        receiver = new Receiver();
        directory = done(AccountDirectory.open(stores.control(), runtime));
        kit = ActorTestKit.create();
        webhooks = open();
    }

    private Webhooks open() {
        return done(WebhookDesk.open(
                new WebhookServices(
                        stores.control(),
                        () -> sealer(new AccountId("waggle.installation")),
                        this::sealer,
                        log,
                        directory,
                        Rig::form,
                        Set.of("message.received", "account.state"),
                        http,
                        runtime,
                        WebhookSettings.from(ConfigFactory.parseMap(keys).withFallback(ConfigFactory.load())),
                        meters,
                        random,
                        Clock.systemUTC()),
                kit.system()));
    }

    /// The process dies and another one opens the same stores.
    void restart() {
        kit.shutdownTestKit();
        kit = ActorTestKit.create();
        webhooks = open();
    }

    private CompletionStage<Sealer> sealer(AccountId account) {
        return vault.open(account).thenApply(key -> Sealer.of(account, key, random));
    }

    private static byte[] form(AccountId account, PublicEvent event) {
        return ("{\"account\":\"" + account + "\",\"sequence\":" + event.getSequence() + ",\"chat\":\""
                        + event.getMessage().getChat().getJid() + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    static <T> T done(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause && !(e.getCause() instanceof TimeoutException)) {
                throw cause;
            }
            throw e;
        }
    }

    AccountId account(String name, String... labels) {
        AccountId account = new AccountId(name);
        done(directory.put(new AccountRow(
                account, "STOPPED", "STOPPED", name, List.of(labels), Map.of(), null, null, null, Instant.now())));
        return account;
    }

    /// One message in that chat.
    ///
    /// @return its sequence
    long event(AccountId account, String chat) {
        return event(account, chat, "message.received");
    }

    long event(AccountId account, String chat, String type) {
        long sequence = latest.merge(account, 1L, Long::sum);
        write(account, List.of(made(sequence, chat, type)));
        return sequence;
    }

    /// Many messages, in so many chats by turns.
    void events(AccountId account, int count, int chats) {
        List<PublicEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(made(latest.merge(account, 1L, Long::sum), "chat" + i % chats, "message.received"));
            if (events.size() == 500 || i == count - 1) {
                write(account, events);
                events.clear();
            }
        }
    }

    private static PublicEvent made(long sequence, String chat, String type) {
        return PublicEvent.newBuilder()
                .setSequence(sequence)
                .setType(type)
                .setAtMillis(System.currentTimeMillis())
                .setMessage(MessageBody.newBuilder().setChat(Party.newBuilder().setJid(chat)))
                .build();
    }

    private void write(AccountId account, List<PublicEvent> events) {
        done(done(stores.open(account))
                .appendEvents(events.stream()
                        .map(event -> new EventRow(
                                event.getSequence(),
                                event.getType(),
                                Instant.ofEpochMilli(event.getAtMillis()),
                                Bytes.wrap(event.toByteArray())))
                        .toList()));
        log.published(account);
    }

    static WebhookDraft draft(@Nullable String url, @Nullable Ordering ordering) {
        return new WebhookDraft(url, null, null, null, null, ordering, null, null, "earliest");
    }

    Webhooks.Made made(Ordering ordering) {
        return done(webhooks.create(draft(receiver.url(), ordering)));
    }

    Position position(String webhook, AccountId account) {
        return done(webhooks.position(webhook, account));
    }

    /// Waits until everything is settled.
    Position settled(String webhook, AccountId account) {
        return until(webhook, account, position -> position.after() == position.latest());
    }

    Position until(String webhook, AccountId account, Predicate<Position> enough) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        Position position = position(webhook, account);
        while (!enough.test(position)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("still " + position);
            }
            Thread.onSpinWait();
            position = position(webhook, account);
        }
        return position;
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
        http.close();
        receiver.close();
        directory.close();
        runtime.close();
        stores.close();
    }
}
