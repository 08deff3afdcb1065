package dev.waggle.stanza;

import dev.waggle.address.Jid;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import org.jspecify.annotations.Nullable;

/// The answer to a question of ours, found by its id. Its content is read by the question, see `iq.Iq`.
///
/// @param refused the answer is an error
public record IqReply(String id, @Nullable Jid from, boolean refused, Node node) implements Stanza {
    /// @throws NodeException without id
    static IqReply read(Node node) {
        return new IqReply(
                node.require("id"), node.jid("from"), node.attr("type", "").equals("error"), node);
    }
}
