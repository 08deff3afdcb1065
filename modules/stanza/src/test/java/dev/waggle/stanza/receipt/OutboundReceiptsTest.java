package dev.waggle.stanza.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.stanza.Receipt;
import dev.waggle.stanza.Samples;
import dev.waggle.stanza.Stanza;
import dev.waggle.stanza.keys.KeyBundle;
import dev.waggle.stanza.keys.OneTimeKey;
import dev.waggle.stanza.keys.SignedKey;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboundReceiptsTest {
    private static final MessageId A = new MessageId("A1");
    private static final MessageId B = new MessageId("A2");

    private static Receipts.Way back(Node message) {
        return Receipts.Way.back(message);
    }

    @Test
    void a_delivery_goes_back_to_the_device_that_sent() {
        Node receipt = Receipts.delivered(back(Samples.message()), List.of(A), ReceiptType.INACTIVE);

        assertThat(receipt)
                .isEqualTo(Node.build("receipt")
                        .attr("id", "A1")
                        .attr("to", Samples.BOB_LID.withDevice(3))
                        .attr("type", "inactive")
                        .done());
    }

    @Test
    void deliveries_of_a_group_member_go_together() {
        Node receipt = Receipts.delivered(back(Samples.groupMessage()), List.of(A, B), ReceiptType.DELIVERED);

        assertThat(receipt)
                .isEqualTo(Node.build("receipt")
                        .attr("id", "A1")
                        .attr("to", Samples.GROUP)
                        .attr("participant", Samples.BOB_LID.withDevice(3))
                        .content(Node.of(
                                "list", Node.build("item").attr("id", "A2").done()))
                        .done());
    }

    @Test
    void a_copy_of_our_own_message_is_receipted_as_sender_with_its_recipient() {
        Node copy = Samples.message().with("from", Samples.ALICE.withDevice(2)).with("recipient", Samples.BOB);

        assertThat(Receipts.delivered(back(copy), List.of(A), ReceiptType.SENDER))
                .isEqualTo(Node.build("receipt")
                        .attr("id", "A1")
                        .attr("to", Samples.ALICE.withDevice(2))
                        .attr("recipient", Samples.BOB)
                        .attr("type", "sender")
                        .done());
    }

    @Test
    void a_status_receipt_says_so() {
        assertThat(Receipts.statusDelivered(new Receipts.Way(Jid.STATUS, Samples.BOB, null), List.of(A)))
                .hasToString("<receipt id=A1 to=status@broadcast participant=" + Samples.BOB + " context=status/>");
    }

    @Test
    void a_read_receipt_has_the_time() {
        Node receipt =
                Receipts.read(Samples.GROUP, Samples.BOB_LID, List.of(A), Instant.ofEpochSecond(9), ReceiptType.READ);

        assertThat(receipt)
                .hasToString(
                        "<receipt id=A1 to=" + Samples.GROUP + " participant=" + Samples.BOB_LID + " type=read t=9/>");
    }

    @Test
    void too_few_or_too_many_ids_are_a_mistake_of_ours() {
        Receipts.Way way = new Receipts.Way(Samples.BOB, null, null);

        assertThatThrownBy(() -> Receipts.delivered(way, List.of(), ReceiptType.DELIVERED))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Receipts.delivered(way, Collections.nCopies(257, A), ReceiptType.DELIVERED))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_first_retry_asks_without_keys_and_without_the_unknown_reason() {
        Retry retry = new Retry(A, 1, RetryReason.UNKNOWN, Instant.ofEpochSecond(5), 0x01020304, null);

        assertThat(Receipts.retry(back(Samples.message()), retry, false))
                .isEqualTo(Node.build("receipt")
                        .attr("id", "A1")
                        .attr("to", Samples.BOB_LID.withDevice(3))
                        .attr("type", "retry")
                        .content(
                                Node.build("retry")
                                        .attr("v", 1)
                                        .attr("count", 1)
                                        .attr("id", "A1")
                                        .attr("t", 5)
                                        .done(),
                                Node.of("registration", Bytes.hex("01020304")))
                        .done());
    }

    @Test
    void a_later_retry_brings_our_keys_and_reads_as_it_was_written() {
        KeyBundle keys = new KeyBundle(
                9,
                Samples.bytes(32, 1),
                new SignedKey(2, Samples.bytes(32, 3), Samples.bytes(64, 4)),
                new OneTimeKey(0xABCDEF, Samples.bytes(32, 5)),
                Samples.bytes(44, 6));
        Retry retry = new Retry(A, 2, RetryReason.NO_SESSION, Instant.ofEpochSecond(5), 9, keys);

        Node sent = Receipts.retry(back(Samples.message()), retry, true);
        Receipt read = (Receipt) Stanza.read(sent.with("from", Samples.BOB));

        assertThat(sent.attr("category")).isEqualTo("peer");
        assertThat(read.retry()).isEqualTo(retry);
    }

    @Test
    void a_retry_bundle_without_one_time_key_is_a_mistake_of_ours() {
        KeyBundle half = new KeyBundle(
                9, Samples.bytes(32, 1), new SignedKey(2, Samples.bytes(32, 3), Samples.bytes(64, 4)), null, null);
        Retry retry = new Retry(A, 2, RetryReason.NO_SESSION, null, 9, half);

        assertThatThrownBy(() -> Receipts.retry(back(Samples.message()), retry, false))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_lost_file_is_asked_for_at_our_phone() {
        Node receipt = Receipts.serverError(
                Samples.ALICE.withDevice(7),
                A,
                new Receipts.MediaOwner(Samples.GROUP, false, Samples.BOB),
                Bytes.hex("01"),
                Bytes.hex("02"));

        assertThat(receipt)
                .hasToString("<receipt id=A1 to=" + Samples.ALICE
                        + " type=server-error><encrypt><enc_p>[1]<enc_iv>[1]</encrypt><rmr jid=" + Samples.GROUP
                        + " from_me=false participant=" + Samples.BOB + "/></receipt>");
    }

    @Test
    void an_ack_echoes_what_it_acknowledges() {
        Node notification = Samples.groupNotification();

        assertThat(Acks.ack(notification, Samples.ALICE))
                .isEqualTo(Node.build("ack")
                        .attr("class", "notification")
                        .attr("id", "n1")
                        .attr("to", Samples.GROUP)
                        .attr("participant", Samples.ALICE_LID)
                        .attr("type", "w:gp2")
                        .done());
    }

    @Test
    void an_ack_of_a_message_says_who_we_are() {
        Jid self = Samples.ALICE.withDevice(7);

        assertThat(Acks.ack(Samples.groupMessage(), self))
                .isEqualTo(Node.build("ack")
                        .attr("class", "message")
                        .attr("id", "3EB0AB")
                        .attr("to", Samples.GROUP)
                        .attr("participant", Samples.BOB_LID.withDevice(3))
                        .attr("type", "text")
                        .attr("from", self)
                        .done());
    }

    @Test
    void a_nack_says_why() {
        assertThat(Acks.nack(Samples.readReceipt(), NackCode.PARSING, null).attr("error"))
                .isEqualTo("487");
        assertThat(Acks.nackProtobuf(Samples.message(), "truncated", Samples.ALICE))
                .satisfies(nack -> {
                    assertThat(nack.attr("error")).isEqualTo("491");
                    assertThat(nack.requireChild("meta").attr("failure_reason")).isEqualTo("truncated");
                });
        assertThat(NackCode.of(463)).contains(NackCode.REACHOUT_LOCKED);
        assertThat(NackCode.of(1)).isEmpty();
    }

    @Test
    void what_has_no_id_cannot_be_acknowledged() {
        Node ib = Node.of("ib");

        assertThat(Acks.wanted(ib)).isFalse();
        assertThat(Acks.wanted(Samples.message())).isTrue();
        assertThatThrownBy(() -> Acks.ack(ib, null)).isInstanceOf(NodeException.class);
    }

    @Test
    void retry_reasons_are_numbered_as_on_the_wire() {
        assertThat(RetryReason.BAD_MAC.code()).isEqualTo(7);
        assertThat(RetryReason.STATUS_REVOKE_DELAY.code()).isEqualTo(13);
        assertThat(RetryReason.of(3)).isEqualTo(RetryReason.INVALID_KEY_ID);
        assertThat(RetryReason.of(99)).isEqualTo(RetryReason.UNKNOWN);
    }
}
