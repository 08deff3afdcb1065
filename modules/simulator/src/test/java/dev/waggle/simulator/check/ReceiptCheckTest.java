package dev.waggle.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.crypto.KeyPair;
import dev.waggle.simulator.directory.SignedKey;
import dev.waggle.wire.node.Node;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReceiptCheckTest {
    private static final String ID = "3EB0AABBCCDDEEFF001122";

    private final Town town = new Town();
    private final Jid bob = town.bobPhone.lid();

    @BeforeEach
    void bob_wrote_a_message() {
        Node message = Town.message(town.ann.lid(), Town.participants(town.msg(town.annWeb.lid())));
        assertThat(town.broken(town.bobPhone, message)).isEmpty();
    }

    private List<String> broken(Node receipt) {
        return town.broken(town.annWeb, receipt);
    }

    private static Node receipt(String id, Jid to) {
        return Node.build("receipt").attr("id", id).attr("to", to).done();
    }

    @Test
    void a_receipt_for_a_message_that_was_sent_passes() {
        assertThat(broken(receipt(ID, bob))).isEmpty();
        assertThat(broken(receipt(ID, town.bob.pn()).with("type", "read"))).isEmpty();
        assertThat(broken(receipt(ID, town.group.id()).with("participant", bob)))
                .isEmpty();
    }

    @Test
    void unknown_ids_are_written_down_also_from_a_list() {
        Node list = Node.of("list", Node.build("item").attr("id", "OTHER").done());
        Node more = Node.build("receipt")
                .attr("id", ID)
                .attr("to", bob)
                .content(list)
                .done();

        assertThat(broken(receipt("NONE", bob))).containsExactly("receipt-unknown-id");
        assertThat(town.answer(town.annWeb, receipt("NONE", bob))).isZero();
        assertThat(broken(more)).containsExactly("receipt-unknown-id");
    }

    @Test
    void wrong_shapes_are_found() {
        assertThat(broken(receipt(ID, bob).with("type", "seen"))).containsExactly("receipt-shape");
        assertThat(broken(receipt(ID, bob).with("type", "sender"))).containsExactly("receipt-shape");
        assertThat(broken(receipt(ID, town.group.id()))).containsExactly("receipt-shape");
        assertThat(broken(receipt(ID, Jid.lid("999")))).containsExactly("receipt-shape");
        assertThat(broken(Node.build("receipt").attr("id", ID).done())).containsExactly("receipt-shape");
    }

    private Node retry(int count, int registration, Node... keys) {
        Node[] content = new Node[keys.length + 2];
        content[0] = Node.build("retry")
                .attr("count", count)
                .attr("id", ID)
                .attr("t", "1")
                .attr("v", "1")
                .done();
        content[1] = Node.of("registration", Bytes.of((byte) 0, (byte) 0, (byte) 0, (byte) registration));
        System.arraycopy(keys, 0, content, 2, keys.length);
        return Node.build("receipt")
                .attr("id", ID)
                .attr("to", bob)
                .attr("type", "retry")
                .content(content)
                .done();
    }

    private Node keys(SignedKey signed, Bytes oneTime, Node identity) {
        return Node.of(
                "keys",
                Node.of("type", Bytes.of((byte) 5)),
                Node.of("identity", town.annWeb.keys().identityKey()),
                Node.of("key", Node.of("id", Bytes.hex("000007")), Node.of("value", oneTime)),
                Node.of(
                        "skey",
                        Node.of("id", Bytes.hex("000001")),
                        Node.of("value", signed.key()),
                        Node.of("signature", signed.signature())),
                identity);
    }

    @Test
    void retry_receipts_pass_with_the_own_registration_id_and_genuine_keys() {
        Bytes oneTime = town.random(32);
        SignedKey signed = town.annWeb.keys().signedKey();

        assertThat(broken(retry(1, 33))).isEmpty();
        assertThat(broken(retry(2, 33, keys(signed, oneTime, town.identityNode()))))
                .isEmpty();
        assertThat(broken(retry(3, 33, keys(signed, oneTime, town.identityNode()))))
                .isEmpty();
    }

    @Test
    void planted_faults_in_retry_receipts_are_found() {
        Bytes oneTime = town.random(32);
        SignedKey signed = town.annWeb.keys().signedKey();
        SignedKey stranger = town.signedKey(KeyPair.generate(town.random));
        broken(retry(2, 33, keys(signed, oneTime, town.identityNode())));

        assertThat(broken(retry(1, 34))).containsExactly("retry-shape");
        assertThat(broken(retry(11, 33, keys(signed, oneTime, town.identityNode()))))
                .containsExactly("retry-shape");
        assertThat(broken(retry(2, 33))).containsExactly("retry-keys-missing");
        assertThat(broken(retry(2, 33, keys(stranger, oneTime, town.identityNode()))))
                .containsExactly("retry-keys");
        assertThat(broken(retry(2, 33, keys(signed, town.random(32), town.identityNode()))))
                .containsExactly("retry-keys");
        assertThat(broken(retry(2, 33, keys(signed, oneTime, Node.of("other")))))
                .containsExactly("device-identity-missing");
    }
}
