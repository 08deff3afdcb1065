package dev.waggle.persistence.cassandra.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.persistence.cassandra.TestCassandra;
import dev.waggle.persistence.cassandra.link.Link;
import dev.waggle.persistence.cassandra.rows.Entries.Put;
import dev.waggle.storage.Backend;
import dev.waggle.storage.keyvalue.KeyValueProvider;
import dev.waggle.storage.row.EventRow;
import dev.waggle.storage.row.EventSpan;
import dev.waggle.storage.row.MessageKey;
import dev.waggle.storage.write.LedgerWrite;
import dev.waggle.storage.write.Purge;
import dev.waggle.storage.write.SignalWrite;
import dev.waggle.storage.write.StoreWrite;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// One account in two processes, as far as Cassandra can tell.
class RoomTest {
    private static final DeviceAddress ALICE = new DeviceAddress("1_1", 0);
    private static final DeviceAddress BOB = new DeviceAddress("2_1", 0);
    private static final Jid CHAT = Jid.lid("1001");
    private static final AccountId ACCOUNT = new AccountId("bot");
    private static final Instant EARLY = Instant.ofEpochMilli(1_000);

    private static Link link;

    private final List<KeyValueProvider> open = new ArrayList<>();
    private String prefix;
    private Entries entries;

    @BeforeAll
    static void connect() {
        link = TestCassandra.link();
    }

    @AfterAll
    static void disconnect() {
        link.close();
    }

    @BeforeEach
    void begin() {
        prefix = TestCassandra.unique("room") + ":";
        entries = new Entries(link.session(), "waggle", prefix);
    }

    @AfterEach
    void end() {
        open.forEach(KeyValueProvider::close);
    }

    private Backend process() {
        KeyValueProvider provider = new KeyValueProvider(
                new RoomValues(link.session(), "waggle", prefix, 100),
                new SharedValues(link.session(), "waggle", prefix));
        open.add(provider);
        return provider.open(ACCOUNT).toCompletableFuture().join();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private void send(long timestamp, Put... rows) {
        entries.batches("account:bot", List.of(rows), timestamp).forEach(batch -> get(entries.send(batch)));
    }

    private static Bytes value(String text) {
        return Bytes.utf8(text);
    }

    private static LedgerWrite.AppendEvent event(long number) {
        return new LedgerWrite.AppendEvent(
                new EventRow(number, number % 2 == 0 ? "even" : "odd", EARLY, value("event " + number)));
    }

    @Test
    void who_was_replaced_writes_and_reads_no_more_until_he_begins_anew() {
        Backend first = process();
        Backend second = process();
        get(first.putSession(ALICE, value("first")));
        assertThat(get(second.appliedSequence())).isZero();
        assertThatThrownBy(() -> get(first.putSession(ALICE, value("late"))))
                .hasMessageContaining("storage-locked: another process writes in account:bot");
        assertThatThrownBy(() -> get(first.loadSession(ALICE))).hasMessageContaining("storage-locked: ");
        assertThat(get(second.loadSession(ALICE))).contains(value("first"));
        get(second.putSession(ALICE, value("second")));
        assertThat(get(first.appliedSequence())).isZero();
        assertThat(get(first.loadSession(ALICE))).contains(value("second"));
        get(first.putSession(ALICE, value("third")));
        assertThatThrownBy(() -> get(second.putSession(ALICE, value("late")))).hasMessageContaining("storage-locked: ");
    }

    @Test
    void a_write_of_a_former_owner_that_arrives_late_loses() {
        Backend first = process();
        get(first.putSession(ALICE, value("first")));
        Backend second = process();
        get(second.appliedSequence());
        get(second.putSession(ALICE, value("second")));
        get(second.deleteSession(BOB));
        for (DeviceAddress address : List.of(ALICE, BOB)) {
            String key = "account:bot\0session\0" + address;
            Put late = new Put(Layout.bucket(Key.parse(key)), Key.name(key), value("late"), 0);
            send(Stamps.of(1, 1_000_000), late);
        }
        assertThat(get(second.loadSession(ALICE))).contains(value("second"));
        assertThat(get(second.loadSession(BOB))).isEmpty();
    }

    @Test
    void others_read_events_and_sends_without_taking_the_account() {
        Backend owner = process();
        Backend reader = process();
        get(owner.write(List.of(event(1), event(2), event(5_000))));
        assertThat(get(reader.readEvents(0, Set.of(), 10)))
                .extracting(EventRow::sequence)
                .containsExactly(1L, 2L, 5_000L);
        assertThat(get(reader.eventSpan(Set.of()))).isEqualTo(new EventSpan(0, 1, 5_000));
        assertThat(get(reader.outboundById(new MessageId("NONE")))).isEmpty();
        get(owner.write(List.of(event(5_001))));
        assertThat(get(reader.readEvents(5_000, Set.of(), 10))).hasSize(1);
    }

    @Test
    void what_was_written_down_and_not_carried_out_is_finished_by_who_comes_next() {
        Backend first = process();
        get(first.putSession(ALICE, value("first")));
        List<Put> rows = new ArrayList<>();
        Bytes stored = entries.get("account:bot", Layout.bucket(Key.parse("x\0session\0" + ALICE)), "session\0" + ALICE)
                .orElseThrow();
        // As a process leaves it that is killed between the paper and the rows: here, Bob's row is a copy of Alice's.
        rows.add(new Put(Layout.bucket(Key.parse("x\0session\0" + BOB)), "session\0" + BOB, stored, 0));
        long timestamp = Stamps.of(1, 1_000);
        Put paper = new Put(Layout.REDO, Redo.HEAD, new Redo(true, timestamp, 0, rows).head(), 0);
        send(timestamp, paper);

        Backend second = process();
        assertThat(get(second.loadSession(BOB))).contains(value("first"));
        assertThat(Redo.read(entries.get("account:bot", Layout.REDO, Redo.HEAD).orElseThrow())
                        .open())
                .isFalse();
        get(second.deleteSession(BOB));
        Backend third = process();
        assertThat(get(third.loadSession(BOB))).as("finished once, not again").isEmpty();
    }

    @Test
    void what_was_written_down_in_part_never_happened() {
        Backend first = process();
        get(first.putSession(ALICE, value("first")));
        long timestamp = Stamps.of(1, 1_000);
        Put row = new Put(Layout.bucket(Key.parse("x\0session\0" + BOB)), "session\0" + BOB, value("half"), 0);
        Put part = new Put(Layout.REDO, Redo.part(1), Redo.part(timestamp, List.of(row)), 0);
        Put head = new Put(Layout.REDO, Redo.HEAD, new Redo(true, timestamp, 2, List.of()).head(), 0);
        send(timestamp, part, head);
        Backend second = process();
        assertThat(get(second.loadSession(BOB))).isEmpty();
        assertThat(get(second.loadSession(ALICE))).contains(value("first"));
    }

    @Test
    void the_largest_batch_is_one_step_and_leaves_no_paper() {
        Backend backend = process();
        List<StoreWrite> writes = new ArrayList<>();
        IntStream.range(0, 9_990)
                .forEach(number -> writes.add(new SignalWrite.PutSession(
                        new DeviceAddress("user" + number, 0),
                        value("session " + number).slice(0, 8))));
        Bytes large = Bytes.wrap(new byte[1024 * 1024]);
        IntStream.range(0, 10)
                .forEach(number ->
                        writes.add(new SignalWrite.PutSession(new DeviceAddress("large" + number, 0), large)));
        get(backend.write(writes));
        assertThat(get(backend.loadSession(new DeviceAddress("user9989", 0)))).isPresent();
        assertThat(get(backend.loadSession(new DeviceAddress("large9", 0)))).contains(large);
        get(backend.putSession(ALICE, value("next")));
        assertThat(entries.get("account:bot", Layout.REDO, Redo.part(1))).isEmpty();
        Backend next = process();
        assertThat(get(next.loadSession(new DeviceAddress("large0", 0)))).contains(large);
        assertThat(get(next.loadSession(ALICE))).contains(value("next"));
    }

    @Test
    void a_part_of_the_log_that_was_purged_is_not_looked_into_any_more() {
        Backend backend = process();
        List<StoreWrite> writes = new ArrayList<>();
        for (long number = 1_020; number <= 1_030; number++) {
            writes.add(event(number));
        }
        writes.add(new LedgerWrite.AppendEvent(new EventRow(1_031, "odd", EARLY.plusSeconds(60), value("the latest"))));
        get(backend.write(writes));
        assertThat(get(backend.purge(new Purge.Events(Set.of(), EARLY.plusMillis(1)))))
                .isEqualTo(11);
        assertThat(get(backend.eventSpan(Set.of()))).isEqualTo(new EventSpan(1_030, 1_031, 1_031));
        get(backend.putSession(ALICE, value("the next write")));
        assertThat(new Stored("account:bot", entries, () -> null).listed()).containsExactly("event/0000000000000001");
        assertThat(get(process().readEvents(0, Set.of(), 10)))
                .extracting(EventRow::sequence)
                .containsExactly(1_031L);
    }

    @Test
    void an_account_that_is_only_looked_into_is_not_remembered() {
        RoomValues values = new RoomValues(link.session(), "waggle", prefix, 100);
        KeyValueProvider provider = new KeyValueProvider(values, new SharedValues(link.session(), "waggle", prefix));
        open.add(provider);
        for (int number = 0; number < 20; number++) {
            Backend looked = provider.open(new AccountId("other" + number))
                    .toCompletableFuture()
                    .join();
            assertThat(get(looked.readEvents(0, Set.of(), 10))).isEmpty();
        }
        assertThat(values.size()).isZero();
        Backend mine = provider.open(ACCOUNT).toCompletableFuture().join();
        get(mine.putSession(ALICE, value("kept")));
        assertThat(values.size()).isOne();
        get(process().appliedSequence());
        assertThatThrownBy(() -> get(mine.putSession(ALICE, value("late")))).hasMessageContaining("storage-locked: ");
        assertThat(values.size()).as("another one took it").isOne();
        get(mine.appliedSequence());
        get(provider.erase(ACCOUNT));
        assertThat(values.size()).isZero();
    }

    @Test
    void ids_live_as_long_as_people_said_and_sessions_for_ever() {
        Backend backend = process();
        MessageKey key = new MessageKey(CHAT, CHAT, new MessageId("3EB0"));
        get(backend.write(
                List.of(new LedgerWrite.PutSeen(key, EARLY), new SignalWrite.PutSession(ALICE, value("session")))));
        List<Integer> lives = new ArrayList<>();
        link.session()
                .execute(
                        "SELECT room, name, TTL(value) AS live FROM waggle.entry WHERE room = ? AND bucket = ?",
                        prefix + "account:bot",
                        Layout.bucket(Key.parse("x\0session\0" + ALICE)))
                .forEach(row -> assertThat(row.isNull("live")).isTrue());
        for (String bucket : Layout.buckets("seen")) {
            link.session()
                    .execute(
                            "SELECT TTL(value) AS live FROM waggle.entry WHERE room = ? AND bucket = ?",
                            prefix + "account:bot",
                            bucket)
                    .forEach(row -> lives.add(row.getInt("live")));
        }
        assertThat(lives).singleElement().satisfies(live -> assertThat(live).isBetween(1, 100));
    }

    /// Who reads from where a reader stands, or looks for the oldest, must not go through what was purged.
    @Test
    void what_was_purged_costs_the_reader_of_the_log_nothing() {
        Backend backend = process();
        int events = 6 * 1_024;
        for (int from = 1; from <= events; from += 1_024) {
            get(backend.write(IntStream.range(from, from + 1_024)
                    .<StoreWrite>mapToObj(number -> new LedgerWrite.AppendEvent(new EventRow(
                            number, "even", number <= events - 100 ? EARLY : EARLY.plusSeconds(60), value("event"))))
                    .toList()));
        }
        assertThat(get(backend.purge(new Purge.Events(Set.of(), EARLY.plusMillis(1)))))
                .isEqualTo(events - 100);
        get(backend.putSession(ALICE, value("the next write")));
        List<String> left =
                new Stored("account:bot", entries, () -> null).listed().toList();
        assertThat(left).as("parts of the log that are still looked into").hasSizeLessThanOrEqualTo(2);
        // Each of 1,024 numbers at the most, however many were purged before.
        assertThat(Layout.form("event"))
                .isInstanceOfSatisfying(
                        Layout.Counted.class,
                        counted -> assertThat(counted.together()).isEqualTo(1_024));
    }

    @Test
    void rows_over_many_buckets_come_in_one_order_page_after_page() {
        Backend backend = process();
        List<StoreWrite> writes = new ArrayList<>();
        IntStream.range(0, 1_500)
                .forEach(number -> writes.add(new LedgerWrite.PutSeen(
                        new MessageKey(CHAT, Jid.lid(Integer.toString(number % 50)), new MessageId("3EB0" + number)),
                        EARLY)));
        get(backend.write(writes));
        List<MessageKey> all = new ArrayList<>();
        for (List<MessageKey> page = get(backend.seenKeys(null, 400));
                !page.isEmpty();
                page = get(backend.seenKeys(all.getLast(), 400))) {
            all.addAll(page);
        }
        assertThat(all).hasSize(1_500).isSorted().doesNotHaveDuplicates();
    }
}
