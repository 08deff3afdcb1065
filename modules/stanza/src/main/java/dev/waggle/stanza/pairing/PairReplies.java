package dev.waggle.stanza.pairing;

import dev.waggle.address.Jid;
import dev.waggle.wire.node.Node;
import org.jspecify.annotations.Nullable;

/// The answers to the server's pairing requests, each on the request's id.
public final class PairReplies {
    private PairReplies() {}

    /// We show the codes of a `pair-device`.
    public static Node received(@Nullable String id) {
        return reply(id, "result").done();
    }

    /// We agree to a `pair-success`. The device identity must be durable before.
    public static Node signed(@Nullable String id, Adv.Accepted accepted) {
        Node identity = Node.build("device-identity")
                .attr("key-index", accepted.keyIndex())
                .content(accepted.reply())
                .done();
        return reply(id, "result")
                .content(Node.of("pair-device-sign", identity))
                .done();
    }

    /// We refuse a `pair-success`.
    public static Node refused(@Nullable String id, PairingException.Reason reason) {
        Node error = Node.build("error")
                .attr("code", reason.code())
                .attr("text", reason.text())
                .done();
        return reply(id, "error").content(error).done();
    }

    private static Node.Builder reply(@Nullable String id, String type) {
        return Node.build("iq").attr("to", Jid.SERVER).attr("type", type).attr("id", id);
    }
}
