package dev.waggle.stanza.message;

import dev.waggle.wire.node.Node;

/// The message exists but is not delivered to companions: only a resend by the phone can bring it.
///
/// @param type `view_once`, `hosted_unavailable_fanout`..., empty when unnamed
public record Unavailable(String type) {
    public static Unavailable read(Node node) {
        return new Unavailable(node.attr("type", ""));
    }

    /// True for those that no resend brings.
    public boolean isFinal() {
        return switch (type) {
            case "view_once", "hosted_unavailable_fanout", "bot_unavailable_fanout" -> true;
            default -> false;
        };
    }
}
