package dev.waggle.stanza;

import dev.waggle.address.Jid;
import dev.waggle.stanza.field.Fields;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The login was accepted.
///
/// @param at the server's time, whole seconds; absent on servers that do not tell it
/// @param lid our own device under its hidden identity
/// @param location the data centre, for support only
public record Success(
        @Nullable Instant at,
        @Nullable Jid lid,
        @Nullable String displayName,
        @Nullable String location) implements Stanza {

    /// @throws NodeException when the LID or the time is malformed
    static Success read(Node node) {
        return new Success(Fields.time(node, "t"), node.jid("lid"), node.attr("display_name"), node.attr("location"));
    }
}
