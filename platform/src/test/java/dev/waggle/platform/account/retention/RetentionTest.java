package dev.waggle.platform.account.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.platform.account.SetClock;
import dev.waggle.platform.admin.form.EventForm;
import dev.waggle.storage.Backend;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.memory.MemoryProvider;
import dev.waggle.storage.row.EventRow;
import dev.waggle.storage.row.MessageKey;
import dev.waggle.storage.row.OutboundRow;
import dev.waggle.storage.row.OutboundState;
import dev.waggle.storage.write.LedgerWrite;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What goes, what stays, and that a store that is away costs one look.
class RetentionTest {
    private static final Jid BOB = Jid.parse("4915112345678@s.whatsapp.net");
    private static final Duration KEYS = Duration.ofDays(3);

    private final ActorTestKit kit = ActorTestKit.create();
    private final SetClock clock = new SetClock();
    private final MemoryProvider provider = new MemoryProvider();
    private final Backend store = get(provider.open(new AccountId("sales")));

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private ActorRef<Retention.Command> start(RetentionSettings settings) {
        return kit.spawn(Retention.create(new Retention.Ports(store, settings, KEYS, new Random(7), clock)));
    }

    private static RetentionSettings days(int received, int sent, int states, int sends) {
        return new RetentionSettings(
                Duration.ofDays(300),
                Duration.ofDays(received),
                Duration.ofDays(sent),
                Duration.ofDays(states),
                Duration.ofDays(sends),
                Duration.ofDays(1),
                Duration.ofDays(1));
    }

    private static int look(ActorRef<Retention.Command> retention) {
        CompletableFuture<Integer> gone = new CompletableFuture<>();
        retention.tell(new Retention.Look(gone));
        return gone.join();
    }

    private void event(long sequence, String type, Duration ago) {
        get(store.appendEvents(List.of(new EventRow(sequence, type, before(ago), Bytes.EMPTY))));
    }

    private Instant before(Duration ago) {
        return clock.instant().minus(ago);
    }

    private void send(String id, OutboundState state, Duration ago) {
        get(store.write(new LedgerWrite.PutOutbound(new OutboundRow(
                new MessageId(id), "key-" + id, Bytes.EMPTY, BOB, state, before(ago), Bytes.EMPTY, "", 1))));
    }

    @Test
    void each_class_of_events_goes_in_its_own_time() {
        event(1, "message.received", Duration.ofDays(11));
        event(2, "message.sent", Duration.ofDays(11));
        event(3, "account.state", Duration.ofDays(11));
        event(4, "message.received", Duration.ofDays(9));
        assertThat(look(start(days(10, 20, 5, 30)))).isEqualTo(2);
        assertThat(get(store.readEvents(0, Set.of(), 10)))
                .extracting(EventRow::sequence)
                .containsExactly(2L, 4L);
        assertThat(get(store.eventSpan(Set.of("message.received"))).floor()).isEqualTo(1);
    }

    @Test
    void a_send_stays_while_it_is_open_or_its_key_is_good() {
        send("OPEN", OutboundState.ACCEPTED, Duration.ofDays(400));
        send("KEY", OutboundState.SENT, Duration.ofDays(2));
        send("DONE", OutboundState.SENT, Duration.ofDays(4));
        assertThat(look(start(days(1, 1, 1, 1)))).isEqualTo(1);
        assertThat(get(store.outboundById(new MessageId("OPEN")))).isPresent();
        assertThat(get(store.outboundByIdempotencyKey("key-KEY"))).isPresent();
        assertThat(get(store.outboundById(new MessageId("DONE")))).isEmpty();
    }

    @Test
    void stores_that_are_away_are_asked_again_at_the_next_look() {
        MessageKey key = new MessageKey(BOB, BOB, new MessageId("A"));
        get(store.write(new LedgerWrite.PutSeen(key, before(Duration.ofDays(2)))));
        ActorRef<Retention.Command> retention = start(days(1, 1, 1, 1));
        provider.faults().failWrites(StoreException.Code.STORAGE_UNAVAILABLE);
        assertThatThrownBy(() -> look(retention)).hasRootCauseInstanceOf(StoreException.class);
        assertThat(get(store.seen(key))).isTrue();
        provider.faults().healWrites();
        kit.createTestProbe().awaitAssert(Duration.ofSeconds(20), () -> {
            assertThat(look(retention)).isOne();
            return true;
        });
        assertThat(get(store.seen(key))).isFalse();
    }

    @Test
    void it_looks_by_itself() {
        event(1, "account.state", Duration.ofDays(31));
        start(RetentionSettings.from(
                ConfigFactory.parseString("waggle.retention.every = 1ms").withFallback(ConfigFactory.load())));
        kit.createTestProbe().awaitAssert(Duration.ofSeconds(20), () -> {
            assertThat(get(store.eventSpan(Set.of())).floor()).isOne();
            return true;
        });
    }

    @Test
    void spans_of_any_length_are_spans() {
        event(1, "account.state", Duration.ofDays(31));
        send("DONE", OutboundState.SENT, Duration.ofDays(31));
        Duration ever = Duration.ofSeconds(Long.MAX_VALUE / 1000);
        assertThat(look(start(new RetentionSettings(ever, ever, ever, ever, Duration.ofDays(1), ever, ever))))
                .isOne();
        assertThat(get(store.readEvents(0, Set.of(), 10))).hasSize(1);
        assertThatThrownBy(() -> days(1, 0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    /// A type that is in no class would stay for ever.
    @Test
    void every_type_of_event_is_in_one_class() {
        Set<String> classes = new TreeSet<>(RetentionSettings.RECEIVED);
        classes.addAll(RetentionSettings.SENT);
        classes.addAll(RetentionSettings.STATES);
        assertThat(classes).containsExactlyInAnyOrderElementsOf(EventForm.TYPES);
    }
}
