package dev.waggle.stanza;

import dev.waggle.address.Jid;
import dev.waggle.stanza.field.Fields;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A subscribed contact came or went.
///
/// @param lastSeen whole seconds; null while available and when the contact hides it
public record Presence(
        Jid from, boolean available, @Nullable Instant lastSeen) implements Stanza {
    /// @throws NodeException without sender
    static Presence read(Node node) {
        String last = node.attr("last", "");
        boolean told = !last.isEmpty() && last.chars().allMatch(c -> c >= '0' && c <= '9');
        boolean available = !node.attr("type", "").equals("unavailable");
        return new Presence(node.requireJid("from"), available, told ? Fields.time(node, "last") : null);
    }
}
