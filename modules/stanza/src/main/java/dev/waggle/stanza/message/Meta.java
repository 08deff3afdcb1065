package dev.waggle.stanza.message;

import dev.waggle.address.Jid;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import org.jspecify.annotations.Nullable;

/// What a message stanza says of another message: of which one it is an answer, an edit or a part.
public record Meta(
        @Nullable String targetId,
        @Nullable Jid targetSender,
        @Nullable Jid targetChat,
        @Nullable String appData,
        @Nullable String threadId) {

    /// @throws NodeException when a target is not a JID
    public static Meta read(Node node) {
        return new Meta(
                node.attr("target_id"),
                node.jid("target_sender_jid"),
                node.jid("target_chat_jid"),
                node.attr("appdata"),
                node.attr("thread_msg_id"));
    }
}
