package dev.waggle.stanza;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.Bytes;
import dev.waggle.address.MessageId;
import dev.waggle.stanza.keys.KeyBundle;
import dev.waggle.stanza.keys.OneTimeKey;
import dev.waggle.stanza.keys.SignedKey;
import dev.waggle.stanza.receipt.ReceiptType;
import dev.waggle.stanza.receipt.Retry;
import dev.waggle.stanza.receipt.RetryReason;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiptTest {
    private static Receipt read(Node node) {
        return (Receipt) Stanza.read(node);
    }

    @Test
    void a_receipt_for_several_messages_lists_them_all() {
        Receipt receipt = read(Samples.readReceipt());

        assertThat(receipt.type()).isEqualTo(ReceiptType.READ);
        assertThat(receipt.ids()).extracting(MessageId::value).containsExactly("A1", "A2", "A3");
        assertThat(receipt.speaker()).isEqualTo(Samples.BOB_LID);
        assertThat(receipt.at()).isEqualTo(Instant.ofEpochSecond(1_700_000_003));
        assertThat(receipt.isShared()).isFalse();
    }

    @Test
    void a_grouped_receipt_names_every_reader() {
        Receipt receipt = read(Samples.groupedReceipt());

        assertThat(receipt.ids()).extracting(MessageId::value).containsExactly("A1");
        assertThat(receipt.readers())
                .extracting(Receipt.Reader::user)
                .containsExactly(Samples.ALICE_LID, Samples.BOB_LID);
        assertThat(receipt.isShared()).isTrue();
    }

    @Test
    void a_retry_receipt_brings_the_keys_for_a_new_session() {
        Receipt receipt = read(Samples.retryReceipt());

        assertThat(receipt.retry())
                .isEqualTo(new Retry(
                        new MessageId("3EB0AC"),
                        2,
                        RetryReason.BAD_MAC,
                        Instant.ofEpochSecond(1_699_999_999),
                        0xABCD,
                        new KeyBundle(
                                0xABCD,
                                Samples.bytes(32, 2),
                                new SignedKey(5, Samples.bytes(32, 3), Samples.bytes(64, 4)),
                                new OneTimeKey(0xFFEE, Samples.bytes(32, 5)),
                                Samples.bytes(44, 6))));
    }

    @Test
    void a_first_retry_has_no_keys() {
        Node first = Node.build("receipt")
                .attr("id", "1")
                .attr("from", Samples.BOB)
                .attr("type", "retry")
                .content(
                        Node.build("retry").attr("id", "1").attr("count", 1).done(),
                        Node.of("registration", Bytes.hex("ffffffff")))
                .done();

        assertThat(read(first).retry())
                .isEqualTo(new Retry(new MessageId("1"), 1, RetryReason.UNKNOWN, null, -1, null));
    }

    @ParameterizedTest
    @CsvSource({
        "inactive,INACTIVE",
        "sender,SENDER",
        "read,READ",
        "read-self,READ_SELF",
        "played,PLAYED",
        "played-self,PLAYED_SELF",
        "peer_msg,PEER",
        "hist_sync,HISTORY",
        "server-error,SERVER_ERROR",
        "enc_rekey_retry,ENC_REKEY_RETRY",
        "brand_new,UNKNOWN"
    })
    void the_type_is_known_by_its_name(String wire, ReceiptType type) {
        assertThat(read(Samples.readReceipt().with("type", wire)).type()).isEqualTo(type);
    }

    @Test
    void a_receipt_without_type_is_a_delivery() {
        Node delivery =
                Node.build("receipt").attr("id", "1").attr("from", Samples.BOB).done();

        assertThat(read(delivery).type()).isEqualTo(ReceiptType.DELIVERED);
        assertThat(ReceiptType.DELIVERED.wire()).isNull();
    }

    @Test
    void a_group_receipt_that_names_nobody_is_refused() {
        Node nobody = Node.build("receipt")
                .attr("id", "1")
                .attr("from", Samples.GROUP)
                .done();

        assertThatThrownBy(() -> Stanza.read(nobody)).isInstanceOf(NodeException.class);
    }

    @Test
    void a_retry_with_a_short_key_is_refused() {
        Node broken = Node.build("receipt")
                .attr("id", "1")
                .attr("from", Samples.BOB)
                .attr("type", "retry")
                .content(
                        Node.build("retry").attr("id", "1").attr("count", 1).done(),
                        Node.of("registration", Bytes.hex("00ff")))
                .done();

        assertThatThrownBy(() -> Stanza.read(broken))
                .isInstanceOf(NodeException.class)
                .hasMessageContaining("4 bytes");
    }

    @Test
    void more_ids_than_a_receipt_may_list_are_refused() {
        Node[] items = new Node[4097];
        Arrays.setAll(items, i -> Node.build("item").attr("id", "x" + i).done());
        Node flood = Node.build("receipt")
                .attr("id", "1")
                .attr("from", Samples.BOB)
                .content(Node.of("list", items))
                .done();

        assertThatThrownBy(() -> Stanza.read(flood))
                .isInstanceOf(NodeException.class)
                .hasMessageContaining("4096");
    }
}
