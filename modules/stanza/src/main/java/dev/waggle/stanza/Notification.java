package dev.waggle.stanza;

import dev.waggle.address.Jid;
import dev.waggle.stanza.field.Fields;
import dev.waggle.stanza.notification.Content;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something changed. It is acknowledged with class `notification` once what it changes is durable.
///
/// @param type as sent, also when the content is [Content.Other]
public record Notification(
        String id,
        Jid from,
        @Nullable Jid participant,
        String type,
        @Nullable Instant at,
        boolean offline,
        Content content)
        implements Stanza {

    /// @throws NodeException without id or sender, or when the content of a known kind is malformed
    static Notification read(Node node) {
        return new Notification(
                node.require("id"),
                node.requireJid("from"),
                node.jid("participant"),
                node.attr("type", ""),
                Fields.time(node, "t"),
                node.has("offline"),
                Content.read(node));
    }
}
