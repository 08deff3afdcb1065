package dev.waggle.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.storage.row.DeviceList;
import dev.waggle.storage.row.LidMapping;
import dev.waggle.storage.row.SenderKeyMark;
import dev.waggle.storage.row.TcToken;
import dev.waggle.storage.write.Purge;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

public abstract class ProtocolStoreContract extends Contract {
    private static final Jid PHONE = ALICE_LID;
    private static final Jid LAPTOP = ALICE_LID.withDevice(7);
    private static final Jid OTHER_GROUP = Jid.group("1203630002");
    private static final MessageId ID = new MessageId("3EB0AA");

    @Test
    void sender_key_marks_name_the_key_that_they_are_for() {
        run(backend.putSenderKeyMarks(
                GROUP, List.of(new SenderKeyMark(PHONE, 5, true), new SenderKeyMark(LAPTOP, 5, true))));
        run(backend.putSenderKeyMarks(GROUP, List.of(new SenderKeyMark(LAPTOP, 5, false))));
        assertThat(get(backend.senderKeyMarks(GROUP)))
                .containsExactlyInAnyOrder(new SenderKeyMark(PHONE, 5, true), new SenderKeyMark(LAPTOP, 5, false));
        assertThat(get(backend.senderKeyMarks(OTHER_GROUP))).isEmpty();
    }

    @Test
    void marks_go_by_group_by_device_and_all_at_once() {
        for (Jid group : List.of(GROUP, OTHER_GROUP)) {
            run(backend.putSenderKeyMarks(
                    group, List.of(new SenderKeyMark(PHONE, 1, true), new SenderKeyMark(LAPTOP, 1, true))));
        }
        run(backend.deleteSenderKeyMarksOf(List.of(LAPTOP)));
        assertThat(get(backend.senderKeyMarks(GROUP))).containsExactly(new SenderKeyMark(PHONE, 1, true));
        assertThat(get(backend.senderKeyMarks(OTHER_GROUP))).containsExactly(new SenderKeyMark(PHONE, 1, true));
        run(backend.clearSenderKeyMarks(GROUP));
        assertThat(get(backend.senderKeyMarks(GROUP))).isEmpty();
        assertThat(get(backend.senderKeyMarks(OTHER_GROUP))).hasSize(1);
        run(backend.clearAllSenderKeyMarks());
        assertThat(get(backend.senderKeyMarks(OTHER_GROUP))).isEmpty();
    }

    private static LidMapping mapping(String lid, String pn, long updated) {
        return new LidMapping(Jid.lid(lid), Jid.pn(pn), NOW, NOW.plusSeconds(updated), "usync");
    }

    @Test
    void of_two_lids_of_a_number_the_one_updated_last_wins() {
        run(backend.putLidMappings(List.of(mapping("11", "491", 20), mapping("12", "491", 10))));
        assertThat(get(backend.loadPnMapping(Jid.pn("491")))).contains(mapping("11", "491", 20));
        assertThat(get(backend.loadLidMapping(Jid.lid("12").withDevice(3)))).contains(mapping("12", "491", 10));
        assertThat(get(backend.loadPnMapping(Jid.pn("492")))).isEmpty();
    }

    @Test
    void a_mapping_that_moves_to_another_number_keeps_its_creation() {
        run(backend.putLidMappings(List.of(mapping("11", "491", 0))));
        run(backend.putLidMappings(List.of(
                new LidMapping(Jid.lid("11"), Jid.pn("492"), NOW.plusSeconds(99), NOW.plusSeconds(99), "message"))));
        assertThat(get(backend.loadLidMapping(Jid.lid("11"))))
                .contains(new LidMapping(Jid.lid("11"), Jid.pn("492"), NOW, NOW.plusSeconds(99), "message"));
        assertThat(get(backend.loadPnMapping(Jid.pn("491")))).isEmpty();
    }

    @Test
    void all_mappings_are_read_in_pages() {
        List<LidMapping> all = IntStream.range(100, 125)
                .mapToObj(i -> mapping(Integer.toString(i), "49" + i, 0))
                .toList();
        run(backend.putLidMappings(all));
        List<LidMapping> first = get(backend.lidMappings(null, 10));
        assertThat(first).isEqualTo(all.subList(0, 10));
        assertThat(get(backend.lidMappings(first.getLast().lid(), 100))).isEqualTo(all.subList(10, 25));
    }

    @Test
    void a_base_key_is_compared_until_it_is_deleted_or_expires() {
        run(backend.putBaseKey(ALICE, ID, value("base"), NOW));
        assertThat(get(backend.hasSameBaseKey(ALICE, ID, value("base")))).isTrue();
        assertThat(get(backend.hasSameBaseKey(ALICE, ID, value("other")))).isFalse();
        assertThat(get(backend.hasSameBaseKey(BOB, ID, value("base")))).isFalse();
        run(backend.deleteBaseKey(ALICE, ID));
        assertThat(get(backend.loadBaseKey(ALICE, ID))).isEmpty();
        run(backend.putBaseKey(ALICE, ID, value("base"), NOW));
        assertThat(get(backend.purge(new Purge.BaseKeys(NOW)))).isZero();
        assertThat(get(backend.purge(new Purge.BaseKeys(NOW.plusMillis(1))))).isOne();
    }

    @Test
    void device_lists_read_back_with_everything_that_came_with_them() {
        DeviceList full = new DeviceList(
                ALICE_LID,
                List.of(
                        new DeviceList.Device(0, OptionalInt.empty(), false),
                        new DeviceList.Device(7, OptionalInt.of(3), false),
                        new DeviceList.Device(99, OptionalInt.of(0), true)),
                NOW,
                "2:abcdef",
                OptionalInt.of(77));
        DeviceList bare = new DeviceList(BOB_PN, List.of(), NOW, null, OptionalInt.empty());
        run(backend.putDeviceLists(List.of(full, bare)));
        assertThat(get(backend.loadDeviceLists(List.of(ALICE_LID, BOB_PN, Jid.pn("1")))))
                .containsExactlyInAnyOrder(full, bare);
        assertThat(get(backend.loadDeviceList(ALICE_LID.withDevice(7)))).contains(full);
        run(backend.deleteDeviceList(ALICE_LID));
        assertThat(get(backend.loadDeviceList(ALICE_LID))).isEmpty();
    }

    @Test
    void group_metadata_is_an_opaque_value() {
        run(backend.putGroupMetadata(GROUP, value("one")));
        run(backend.putGroupMetadata(GROUP, value("two")));
        assertThat(get(backend.loadGroupMetadata(GROUP))).contains(value("two"));
        run(backend.deleteGroupMetadata(GROUP));
        assertThat(get(backend.loadGroupMetadata(GROUP))).isEmpty();
    }

    @Test
    void a_newer_token_wins_and_the_sender_time_stays() {
        run(backend.putTcToken(new TcToken(ALICE_LID, value("one"), NOW, NOW.minusSeconds(5))));
        run(backend.receiveTcToken(ALICE_LID, value("older"), NOW.minusSeconds(1)));
        run(backend.receiveTcToken(ALICE_LID, value("same age"), NOW));
        assertThat(get(backend.loadTcToken(ALICE_LID)).map(TcToken::token)).contains(value("one"));
        run(backend.receiveTcToken(ALICE_LID, value("newer"), NOW.plusSeconds(1)));
        assertThat(get(backend.loadTcToken(ALICE_LID)))
                .contains(new TcToken(ALICE_LID, value("newer"), NOW.plusSeconds(1), NOW.minusSeconds(5)));
    }

    @Test
    void a_placeholder_holds_the_sender_time_and_never_blocks_a_token() {
        run(backend.touchTcTokenSender(ALICE_LID, NOW));
        assertThat(get(backend.loadTcToken(ALICE_LID)))
                .contains(new TcToken(ALICE_LID, Bytes.EMPTY, Instant.EPOCH, NOW));
        run(backend.receiveTcToken(ALICE_LID, value("token"), Instant.EPOCH));
        assertThat(get(backend.loadTcToken(ALICE_LID)))
                .contains(new TcToken(ALICE_LID, value("token"), Instant.EPOCH, NOW));
    }

    @Test
    void the_sender_time_only_advances() {
        run(backend.putTcToken(new TcToken(ALICE_LID, value("token"), NOW, null)));
        run(backend.touchTcTokenSender(ALICE_LID, NOW));
        run(backend.touchTcTokenSender(ALICE_LID, NOW.minusSeconds(10)));
        assertThat(get(backend.loadTcToken(ALICE_LID))).contains(new TcToken(ALICE_LID, value("token"), NOW, NOW));
    }

    @Test
    void a_token_expires_only_when_both_halves_are_stale_or_absent() {
        Instant old = NOW.minusSeconds(100);
        run(backend.putTcToken(new TcToken(Jid.lid("1"), value("stale, stale"), old, old)));
        run(backend.putTcToken(new TcToken(Jid.lid("2"), value("stale, absent"), old, null)));
        run(backend.putTcToken(new TcToken(Jid.lid("3"), value("stale, fresh"), old, NOW)));
        run(backend.putTcToken(new TcToken(Jid.lid("4"), value("fresh, stale"), NOW, old)));
        run(backend.touchTcTokenSender(Jid.lid("5"), old));
        run(backend.touchTcTokenSender(Jid.lid("6"), NOW));
        assertThat(get(backend.purge(new Purge.TcTokens(NOW, NOW)))).isEqualTo(3);
        assertThat(get(backend.tcTokenUsers())).containsExactlyInAnyOrder(Jid.lid("3"), Jid.lid("4"), Jid.lid("6"));
        run(backend.deleteTcToken(Jid.lid("3")));
        assertThat(get(backend.loadTcToken(Jid.lid("3")))).isEmpty();
    }

    @Test
    void of_two_takers_one_gets_the_sent_message() {
        run(backend.putSentMessage(GROUP, ID, value("payload"), NOW));
        CompletableFuture<Optional<Bytes>> one =
                backend.takeSentMessage(GROUP, ID).toCompletableFuture();
        CompletableFuture<Optional<Bytes>> other =
                backend.takeSentMessage(GROUP, ID).toCompletableFuture();
        assertThat(List.of(one.join(), other.join()))
                .containsExactlyInAnyOrder(Optional.of(value("payload")), Optional.empty());
    }

    @Test
    void sent_messages_expire() {
        run(backend.putSentMessage(GROUP, ID, value("payload"), NOW));
        run(backend.putSentMessage(GROUP, new MessageId("NEW"), value("payload"), NOW.plusSeconds(1)));
        assertThat(get(backend.purge(new Purge.SentMessages(NOW.plusMillis(1)))))
                .isOne();
        assertThat(get(backend.takeSentMessage(GROUP, ID))).isEmpty();
        assertThat(get(backend.takeSentMessage(GROUP, new MessageId("NEW")))).isPresent();
    }

    @Test
    void pending_inbound_is_found_by_chat_sender_and_id() {
        run(backend.putPendingInbound(key("A"), value("a"), NOW));
        run(backend.putPendingInbound(key("B"), value("b"), NOW));
        assertThat(get(backend.loadPendingInbound(key("A")))).contains(value("a"));
        run(backend.deletePendingInbound(List.of(key("A"), key("NEVER"))));
        assertThat(get(backend.loadPendingInbound(key("A")))).isEmpty();
        assertThat(get(backend.purge(new Purge.PendingInbound(NOW.plusSeconds(1)))))
                .isOne();
        assertThat(get(backend.loadPendingInbound(key("B")))).isEmpty();
    }
}
