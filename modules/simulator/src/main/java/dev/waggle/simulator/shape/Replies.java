package dev.waggle.simulator.shape;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import org.jspecify.annotations.Nullable;

/// Answers to a client's stanza.
public final class Replies {
    private Replies() {}

    /// `iq type=result` with the question's id.
    public static Node result(Node iq, Node... content) {
        return Node.build("iq")
                .attr("from", from(iq))
                .attr("type", "result")
                .attr("id", iq.attr("id"))
                .content(content)
                .done();
    }

    /// `iq type=error` with the question's id.
    public static Node error(Node iq, int code, String text) {
        return Node.build("iq")
                .attr("from", from(iq))
                .attr("type", "error")
                .attr("id", iq.attr("id"))
                .content(error(code, text))
                .done();
    }

    public static Node error(int code, String text) {
        return Node.build("error").attr("code", code).attr("text", text).done();
    }

    private static Jid from(Node stanza) {
        Jid to = jid(stanza, "to");
        return to == null ? Jid.SERVER : to;
    }

    /// Null also when it is malformed: even such a stanza is answered.
    private static @Nullable Jid jid(Node stanza, String name) {
        try {
            return stanza.jid(name);
        } catch (NodeException e) {
            return null;
        }
    }

    /// The server took a message at `t` (Unix seconds); `phash` is null when the sender's view of the devices was
    /// right.
    public static Node accepted(Node message, long t, @Nullable String phash) {
        return Node.build("ack")
                .attr("class", "message")
                .attr("id", message.require("id"))
                .attr("from", message.requireJid("to"))
                .attr("t", t)
                .attr("phash", phash)
                .done();
    }

    /// The server did not take a message.
    public static Node refused(Node message, int code) {
        return Node.build("ack")
                .attr("class", "message")
                .attr("id", message.attr("id"))
                .attr("from", from(message))
                .attr("error", code)
                .done();
    }

    /// The server took a receipt, a call or a notification.
    public static Node acked(Node stanza) {
        return Node.build("ack")
                .attr("class", stanza.tag())
                .attr("id", stanza.attr("id"))
                .attr("from", from(stanza))
                .attr("type", stanza.attr("type"))
                .attr("participant", jid(stanza, "participant"))
                .done();
    }

    public static Node streamError(int code) {
        return Node.build("stream:error").attr("code", code).done();
    }

    /// `replaced` or `device_removed`; a code of 0 is left out.
    public static Node conflict(int code, String type) {
        return Node.build("stream:error")
                .attr("code", code == 0 ? null : Integer.toString(code))
                .content(Node.build("conflict").attr("type", type).done())
                .done();
    }

    public static Node failure(int reason) {
        return Node.build("failure")
                .attr("reason", reason)
                .attr("location", "sim")
                .done();
    }

    /// @param code why, as numbered by the server
    public static Node banned(int code, long seconds) {
        return failure(402).with("code", Integer.toString(code)).with("expire", Long.toString(seconds));
    }

    /// The hint that the client is to send in front of its next connection.
    public static Node routing(Bytes routingInfo) {
        return Node.of("ib", Node.of("edge_routing", Node.of("routing_info", routingInfo)));
    }
}
