package dev.waggle.stanza;

import dev.waggle.address.Jid;
import dev.waggle.stanza.field.Fields;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Call signalling. It is acknowledged like a receipt, whatever it says.
///
/// @param signal the tag of the one child: `offer`, `offer_notice`, `accept`, `preaccept`, `reject`, `terminate`,
/// `transport`, `relaylatency`...; empty when there is none
/// @param creator who started the call
/// @param video the offer has a picture
public record Call(
        @Nullable String id,
        Jid from,
        @Nullable Instant at,
        String signal,
        @Nullable String callId,
        @Nullable Jid creator,
        @Nullable Jid creatorPn,
        @Nullable Jid group,
        @Nullable String reason,
        boolean video,
        boolean offline)
        implements Stanza {

    /// @throws NodeException without sender
    static Call read(Node node) {
        Node signal = node.children().isEmpty() ? Node.of("") : node.children().getFirst();
        return new Call(
                node.attr("id"),
                node.requireJid("from"),
                Fields.time(node, "t"),
                signal.tag(),
                signal.attr("call-id"),
                signal.jid("call-creator"),
                signal.jid("caller_pn"),
                signal.jid("group-jid"),
                signal.attr("reason"),
                signal.child("video") != null || signal.attr("media", "").equals("video"),
                node.has("offline"));
    }
}
