package dev.waggle.benchmarks.wire;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.benchmarks.Sample;
import dev.waggle.wire.node.Node;
import java.util.ArrayList;
import java.util.List;

/// A read receipt, a group message with two ciphertexts, and the answer that lists a group of 500.
final class Stanzas {
    static final int RECEIPT_BYTES = 39;
    static final int MESSAGE_BYTES = 691;
    static final int GROUP_BYTES = 7_643;
    static final int MEMBERS = 500;

    private static final Jid USER = Jid.pn("5511987654321");
    private static final Jid GROUP = Jid.group("120363025246125486");
    private static final int ADMIN_EACH = 50;

    private Stanzas() {}

    static Node receipt() {
        return Node.build("receipt")
                .attr("id", "3EB0A9F3C2D1E4B5A697")
                .attr("from", USER)
                .attr("type", "read")
                .attr("t", "1760000000")
                .done();
    }

    static Node message() {
        return Node.build("message")
                .attr("id", "3EB0A9F3C2D1E4B5A698")
                .attr("from", GROUP)
                .attr("participant", USER)
                .attr("type", "text")
                .attr("t", "1760000001")
                .attr("notify", "Maria Silva")
                .content(enc("pkmsg", 1), enc("skmsg", 2))
                .done();
    }

    private static Node enc(String type, int seed) {
        return Node.build("enc")
                .attr("v", "2")
                .attr("type", type)
                .content(Bytes.wrap(Sample.text(Sample.TEXT_BYTES, seed)))
                .done();
    }

    static Node group() {
        List<Node> members = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            members.add(Node.build("participant")
                    .attr("jid", Jid.pn(Long.toString(5_511_900_000_000L + i * 7_919L)))
                    .attr("type", i % ADMIN_EACH == 0 ? "admin" : null)
                    .done());
        }
        Node group = Node.build("group")
                .attr("id", GROUP.user())
                .attr("creator", USER)
                .attr("creation", "1650000000")
                .attr("subject", "Benchmark group")
                .attr("s_t", "1650000001")
                .attr("s_o", USER)
                .content(members)
                .done();
        return Node.build("iq")
                .attr("from", GROUP)
                .attr("type", "result")
                .attr("id", "12345.67890-12")
                .content(group)
                .done();
    }
}
