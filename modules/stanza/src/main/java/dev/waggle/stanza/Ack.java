package dev.waggle.stanza;

import dev.waggle.address.Jid;
import dev.waggle.stanza.field.Fields;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The server took, or refused, a stanza of ours.
///
/// @param stanzaClass the tag of what is acknowledged: `message`, `receipt`, `notification`, `call`
/// @param error present when refused; what the codes mean is in `receipt.NackCode`
/// @param at the server's time, whole seconds
/// @param phash for messages: the hash over the devices that the server knows; a difference means that our list is
/// old
/// @param refreshLid the peer's LID changed, it is to be asked for again
public record Ack(
        String stanzaClass,
        String id,
        @Nullable Jid from,
        @Nullable Jid participant,
        @Nullable String type,
        OptionalInt error,
        @Nullable Instant at,
        @Nullable String phash,
        boolean refreshLid)
        implements Stanza {

    /// @throws NodeException without class or id
    static Ack read(Node node) {
        return new Ack(
                node.require("class"),
                node.require("id"),
                node.jid("from"),
                node.jid("participant"),
                node.attr("type"),
                Fields.optionalCount(node, "error"),
                Fields.time(node, "t"),
                node.attr("phash"),
                Fields.isTrue(node, "refresh_lid"));
    }

    public boolean refused() {
        return error.isPresent();
    }
}
