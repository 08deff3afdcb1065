package dev.waggle.stanza;

import dev.waggle.stanza.field.Fields;
import dev.waggle.stanza.stream.Ban;
import dev.waggle.stanza.stream.Consequence;
import dev.waggle.stanza.stream.FailureReason;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The login was refused.
///
/// @param code the number as sent, also when the reason is unknown
/// @param ban present exactly for a temporary ban
public record Failure(
        FailureReason reason,
        int code,
        @Nullable Ban ban,
        @Nullable String message,
        @Nullable String location) implements Stanza {

    /// @throws NodeException when the reason is not a number
    static Failure read(Node node) {
        node.require("reason");
        int code = Fields.count(node, "reason", 0);
        FailureReason reason = FailureReason.of(code);
        return new Failure(reason, code, ban(reason, node), node.attr("message"), node.attr("location"));
    }

    private static @Nullable Ban ban(FailureReason reason, Node node) {
        if (reason != FailureReason.TEMPORARILY_BANNED) {
            return null;
        }
        return new Ban(Fields.count(node, "code", 0), Duration.ofSeconds(Fields.count(node, "expire", 0)));
    }

    /// What the connection has to do now.
    public Consequence consequence() {
        return reason.consequence(ban);
    }
}
