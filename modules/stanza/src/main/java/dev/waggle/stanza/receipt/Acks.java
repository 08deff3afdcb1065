package dev.waggle.stanza.receipt;

import dev.waggle.address.Jid;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import org.jspecify.annotations.Nullable;

/// Transport acks: they echo the stanza's id, sender and class, so that the server can strike it off its queue.
public final class Acks {
    private Acks() {}

    /// Says that the stanza needs no further delivery.
    ///
    /// @param self our own device, which the ack of a message names; null before it is known
    /// @throws NodeException when the stanza has no id or no sender, so that nobody waits for an ack
    public static Node ack(Node stanza, @Nullable Jid self) {
        return echo(stanza, self).done();
    }

    /// Says that the stanza cannot be handled, and why.
    ///
    /// @throws NodeException as in [#ack]
    public static Node nack(Node stanza, NackCode why, @Nullable Jid self) {
        return echo(stanza, self).attr("error", why.code()).done();
    }

    /// Says that a decrypted message is not the protobuf that it should be.
    ///
    /// @throws NodeException as in [#ack]
    public static Node nackProtobuf(Node stanza, String failure, @Nullable Jid self) {
        return echo(stanza, self)
                .attr("error", NackCode.INVALID_PROTOBUF.code())
                .content(Node.build("meta").attr("failure_reason", failure).done())
                .done();
    }

    /// Says that the stanza can be acknowledged at all.
    public static boolean wanted(Node stanza) {
        return stanza.has("id") && stanza.has("from");
    }

    private static Node.Builder echo(Node stanza, @Nullable Jid self) {
        return Node.build("ack")
                .attr("class", stanza.tag())
                .attr("id", stanza.require("id"))
                .attr("to", stanza.requireJid("from"))
                .attr("participant", stanza.jid("participant"))
                .attr("recipient", stanza.jid("recipient"))
                .attr("type", stanza.attr("type"))
                .attr("from", stanza.is("message") ? self : null);
    }
}
