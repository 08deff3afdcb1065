package dev.waggle.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.storage.MediaStore;
import dev.waggle.storage.row.EventRow;
import dev.waggle.storage.row.EventSpan;
import dev.waggle.storage.row.MediaRow;
import dev.waggle.storage.row.MessageKey;
import dev.waggle.storage.row.MsgSecret;
import dev.waggle.storage.row.OutboundRow;
import dev.waggle.storage.row.OutboundRow.StateTimes;
import dev.waggle.storage.row.OutboundState;
import dev.waggle.storage.write.LedgerWrite;
import dev.waggle.storage.write.Purge;
import dev.waggle.storage.write.StoreWrite;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Device, events, seen ids, sends, secrets and files of messages.
public abstract class LedgerContract extends Contract {
    private static final Set<String> ALL = Set.of();

    @Test
    void the_first_device_row_stays_until_it_is_saved_over() {
        assertThat(get(backend.deviceExists())).isFalse();
        assertThat(get(backend.createDevice(value("first")))).isTrue();
        assertThat(get(backend.createDevice(value("second")))).isFalse();
        assertThat(get(backend.createDevice(value("first")))).isFalse();
        assertThat(get(backend.loadDevice())).contains(value("first"));
        run(backend.saveDevice(value("third")));
        assertThat(get(backend.loadDevice())).contains(value("third"));
        assertThat(get(backend.deviceExists())).isTrue();
    }

    private static EventRow event(long sequence, String type) {
        return new EventRow(sequence, type, NOW.plusSeconds(sequence), value(type + sequence));
    }

    private void appendTenEvents() {
        run(backend.appendEvents(LongStream.rangeClosed(1, 10)
                .mapToObj(i -> event(i, i % 2 == 0 ? "message.received" : "message.read"))
                .toList()));
    }

    @Test
    void events_are_read_after_a_cursor_ascending_and_by_type() {
        appendTenEvents();
        assertThat(get(backend.readEvents(7, ALL, 2)))
                .containsExactly(event(8, "message.received"), event(9, "message.read"));
        assertThat(get(backend.readEvents(0, Set.of("message.read", "no.such"), 3)))
                .extracting(EventRow::sequence)
                .containsExactly(1L, 3L, 5L);
        assertThat(get(backend.readEvents(10, ALL, 100))).isEmpty();
    }

    @Test
    void appending_an_event_again_changes_nothing() {
        run(backend.appendEvents(List.of(event(1, "message.read"))));
        run(backend.appendEvents(List.of(new EventRow(1, "message.read", NOW, value("other")))));
        assertThat(get(backend.readEvents(0, ALL, 10))).containsExactly(event(1, "message.read"));
    }

    @Test
    void an_empty_log_begins_at_one() {
        assertThat(get(backend.eventSpan(ALL))).isEqualTo(new EventSpan(0, 1, 0));
        assertThat(get(backend.latestEvent())).isZero();
    }

    @Test
    void purging_one_type_raises_only_its_floor() {
        appendTenEvents();
        assertThat(get(backend.purge(new Purge.Events(Set.of("message.read"), NOW.plusSeconds(6)))))
                .isEqualTo(3);
        assertThat(get(backend.eventSpan(Set.of("message.read")))).isEqualTo(new EventSpan(5, 7, 10));
        assertThat(get(backend.eventSpan(Set.of("message.received")))).isEqualTo(new EventSpan(0, 2, 10));
        assertThat(get(backend.eventSpan(ALL))).isEqualTo(new EventSpan(5, 2, 10));
    }

    @Test
    void the_numbers_of_a_purged_log_go_on() {
        appendTenEvents();
        assertThat(get(backend.purge(new Purge.Events(ALL, NOW.plusSeconds(100)))))
                .isEqualTo(10);
        assertThat(get(backend.purge(new Purge.Events(ALL, NOW.plusSeconds(100)))))
                .isZero();
        assertThat(get(backend.readEvents(0, ALL, 100))).isEmpty();
        assertThat(get(backend.eventSpan(ALL))).isEqualTo(new EventSpan(10, 11, 10));
        assertThat(get(backend.latestEvent())).isEqualTo(10);
        run(backend.appendEvents(List.of(event(11, "message.read"))));
        assertThat(get(backend.eventSpan(ALL))).isEqualTo(new EventSpan(10, 11, 11));
        assertThat(get(backend.latestEvent())).isEqualTo(11);
    }

    @Test
    void a_message_is_seen_by_chat_sender_and_id_together() {
        run(backend.write(new LedgerWrite.PutSeen(key("A"), NOW)));
        assertThat(get(backend.seen(key("A")))).isTrue();
        assertThat(get(backend.seen(key("B")))).isFalse();
        assertThat(get(backend.seen(new MessageKey(GROUP, BOB_PN, new MessageId("A")))))
                .isFalse();
        assertThat(get(backend.seen(new MessageKey(GROUP, ALICE_LID.withDevice(7), new MessageId("A")))))
                .isTrue();
        assertThat(get(backend.seenAmong(List.of(key("A"), key("B"), key("C")))))
                .containsExactly(key("A"));
    }

    @Test
    void ids_with_any_printable_character_are_told_apart() {
        List<MessageKey> odd = List.of(key("a\"b"), key("a\\b"), key("a'b"), key("A\"B"), key("[]{},:"));
        run(backend.write(
                odd.stream().map(one -> new LedgerWrite.PutSeen(one, NOW)).toList()));
        assertThat(get(backend.seenAmong(odd))).containsExactlyInAnyOrderElementsOf(odd);
        assertThat(get(backend.seen(key("a\"B")))).isFalse();
    }

    @Test
    void seen_ids_are_read_in_pages_and_expire_by_first_sight() {
        List<StoreWrite> writes = IntStream.range(10, 35)
                .<StoreWrite>mapToObj(i -> new LedgerWrite.PutSeen(key("ID" + i), NOW.plusSeconds(i)))
                .toList();
        run(backend.write(writes));
        run(backend.write(new LedgerWrite.PutSeen(key("ID10"), NOW.plusSeconds(1_000))));
        List<MessageKey> first = get(backend.seenKeys(null, 20));
        assertThat(first).hasSize(20).isSorted();
        assertThat(get(backend.seenKeys(first.getLast(), 20))).hasSize(5).doesNotContainAnyElementsOf(first);
        assertThat(get(backend.purge(new Purge.Seen(NOW.plusSeconds(20))))).isEqualTo(10);
        assertThat(get(backend.seen(key("ID10")))).isFalse();
    }

    private static OutboundRow send(String id, String idempotencyKey, OutboundState state, long sequence) {
        return new OutboundRow(
                new MessageId(id), idempotencyKey, value("hash"), GROUP, state, NOW, value("payload"), "", sequence);
    }

    @Test
    void a_send_is_found_by_id_and_by_its_newest_use_of_a_key() {
        run(backend.write(
                new LedgerWrite.PutOutbound(send("M2", "key", OutboundState.ACCEPTED, 2)),
                new LedgerWrite.PutOutbound(send("M1", "key", OutboundState.SENT, 1))));
        assertThat(get(backend.outboundById(new MessageId("M1")))).contains(send("M1", "key", OutboundState.SENT, 1));
        assertThat(get(backend.outboundByIdempotencyKey("key")).map(OutboundRow::id))
                .contains(new MessageId("M2"));
        assertThat(get(backend.outboundByIdempotencyKey("other"))).isEmpty();
        assertThat(get(backend.outboundById(new MessageId("M3")))).isEmpty();
    }

    @Test
    void a_send_that_is_put_again_is_found_by_what_it_is_now_and_is_open_while_it_is_not_finished() {
        OutboundRow first = send("M1", "old", OutboundState.ACCEPTED, 1);
        OutboundRow second = send("M1", "new", OutboundState.ACCEPTED, 5);
        run(backend.write(new LedgerWrite.PutOutbound(first)));
        run(backend.write(new LedgerWrite.PutOutbound(second)));
        assertThat(get(backend.outboundByIdempotencyKey("old"))).isEmpty();
        assertThat(get(backend.outboundByIdempotencyKey("new"))).contains(second);
        assertThat(get(backend.unfinishedOutbound(0, 10))).containsExactly(second);

        run(backend.write(
                new LedgerWrite.SetOutboundState(new MessageId("M1"), OutboundState.SENT, "", NOW),
                new LedgerWrite.SetOutboundState(new MessageId("M1"), OutboundState.DELIVERED, "", NOW)));
        assertThat(get(backend.unfinishedOutbound(0, 10))).isEmpty();
        assertThat(get(backend.outboundByIdempotencyKey("new"))).isPresent();

        run(backend.write(new LedgerWrite.PutOutbound(second)));
        assertThat(get(backend.unfinishedOutbound(0, 10))).containsExactly(second);
    }

    @Test
    void a_state_changes_a_send_that_is_there_and_makes_none() {
        run(backend.write(new LedgerWrite.PutOutbound(send("M1", "key", OutboundState.ACCEPTED, 1))));
        run(backend.write(
                new LedgerWrite.SetOutboundState(new MessageId("M1"), OutboundState.FAILED, "outcome-unknown", NOW),
                new LedgerWrite.SetOutboundState(new MessageId("M9"), OutboundState.SENT, "", NOW)));
        assertThat(get(backend.outboundById(new MessageId("M1"))))
                .contains(send("M1", "key", OutboundState.ACCEPTED, 1)
                        .withState(OutboundState.FAILED, "outcome-unknown", NOW));
        assertThat(get(backend.outboundById(new MessageId("M9")))).isEmpty();
    }

    @Test
    void a_send_remembers_when_it_first_reached_each_state() {
        run(backend.write(new LedgerWrite.PutOutbound(send("M1", "key", OutboundState.ACCEPTED, 1))));
        run(backend.write(
                new LedgerWrite.SetOutboundState(new MessageId("M1"), OutboundState.SENT, "", NOW.plusSeconds(1)),
                new LedgerWrite.SetOutboundState(new MessageId("M1"), OutboundState.READ, "", NOW.plusSeconds(2))));
        run(backend.write(
                new LedgerWrite.SetOutboundState(new MessageId("M1"), OutboundState.READ, "", NOW.plusSeconds(9))));
        assertThat(get(backend.outboundById(new MessageId("M1"))).orElseThrow().times())
                .isEqualTo(new StateTimes(
                        Map.of(OutboundState.SENT, NOW.plusSeconds(1), OutboundState.READ, NOW.plusSeconds(2))));
    }

    @Test
    void unfinished_sends_come_in_the_order_of_acceptance_and_are_never_purged() {
        run(backend.write(
                new LedgerWrite.PutOutbound(send("M3", "k3", OutboundState.ACCEPTED, 30)),
                new LedgerWrite.PutOutbound(send("M1", "k1", OutboundState.ACCEPTED, 10)),
                new LedgerWrite.PutOutbound(send("M2", "k2", OutboundState.DELIVERED, 20))));
        assertThat(get(backend.unfinishedOutbound(0, 10)))
                .extracting(row -> row.id().value())
                .containsExactly("M1", "M3");
        assertThat(get(backend.unfinishedOutbound(10, 10))).hasSize(1);
        assertThat(get(backend.unfinishedOutbound(0, 1))).hasSize(1);
        assertThat(get(backend.purge(new Purge.Outbound(NOW.plusSeconds(1))))).isOne();
        assertThat(get(backend.outboundById(new MessageId("M2")))).isEmpty();
        assertThat(get(backend.unfinishedOutbound(0, 10))).hasSize(2);
    }

    @Test
    void a_message_secret_keeps_the_later_expiry_and_message_time() {
        run(backend.putMsgSecrets(List.of(new MsgSecret(key("A"), value("one"), NOW.plusSeconds(50), NOW))));
        run(backend.putMsgSecrets(
                List.of(new MsgSecret(key("A"), value("two"), NOW.plusSeconds(40), NOW.plusSeconds(9)))));
        assertThat(get(backend.loadMsgSecret(key("A"))))
                .contains(new MsgSecret(key("A"), value("two"), NOW.plusSeconds(50), NOW.plusSeconds(9)));
    }

    @Test
    void a_secret_that_never_expires_stays_that_way() {
        run(backend.putMsgSecrets(List.of(
                new MsgSecret(key("A"), value("one"), null, NOW), new MsgSecret(key("B"), value("b"), NOW, NOW))));
        run(backend.putMsgSecrets(List.of(new MsgSecret(key("A"), value("two"), NOW, NOW))));
        assertThat(get(backend.purge(new Purge.MsgSecrets(NOW)))).isOne();
        assertThat(get(backend.loadMsgSecret(key("A")))).contains(new MsgSecret(key("A"), value("two"), null, NOW));
        assertThat(get(backend.loadMsgSecret(key("B")))).isEmpty();
    }

    @Test
    void an_empty_payload_is_a_payload() {
        run(backend.appendEvents(List.of(new EventRow(1, "account.state", NOW, Bytes.EMPTY))));
        assertThat(get(backend.readEvents(0, ALL, 1)))
                .extracting(EventRow::payload)
                .containsExactly(Bytes.EMPTY);
    }

    private static MediaRow media(String chat, String id, String payload, long second) {
        MessageKey key = new MessageKey(Jid.lid(chat), Jid.lid(chat), new MessageId(id));
        return new MediaRow(key, value(payload), NOW.plusSeconds(second));
    }

    private void put(MediaRow... rows) {
        run(backend.write(Stream.of(rows).map(LedgerWrite.PutMedia::new).toList()));
    }

    @Test
    void files_are_found_by_the_id_of_their_message_the_latest_first() {
        put(media("1", "A", "one", 1), media("3", "A", "three", 3), media("2", "A", "two", 2), media("1", "B", "b", 9));
        assertThat(get(backend.media(new MessageId("A"))))
                .containsExactly(media("3", "A", "three", 3), media("2", "A", "two", 2), media("1", "A", "one", 1));
        assertThat(get(backend.media(new MessageId("C")))).isEmpty();
    }

    @Test
    void a_file_that_moved_replaces_its_row_and_goes_when_its_time_has_come() {
        put(media("1", "A", "old", 1), media("2", "A", "other", 5));
        put(media("1", "A", "new", 2));
        assertThat(get(backend.media(new MessageId("A"))))
                .containsExactly(media("2", "A", "other", 5), media("1", "A", "new", 2));
        assertThat(get(backend.purge(new Purge.Media(NOW.plusSeconds(5))))).isOne();
        assertThat(get(backend.media(new MessageId("A")))).containsExactly(media("2", "A", "other", 5));
    }

    @Test
    void no_more_files_of_one_id_are_given_than_the_limit() {
        put(IntStream.range(0, MediaStore.SAME_ID_MAX + 4)
                .mapToObj(i -> media(Integer.toString(i), "A", "x", i))
                .toArray(MediaRow[]::new));
        assertThat(get(backend.media(new MessageId("A")))).hasSize(MediaStore.SAME_ID_MAX);
    }
}
