package dev.waggle.stanza;

import dev.waggle.address.Jid;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import org.jspecify.annotations.Nullable;

/// Somebody types, records, or stopped doing so.
///
/// @param from the chat; in a group the typist is `participant`
public record ChatState(Jid from, @Nullable Jid participant, State state) implements Stanza {
    public enum State {
        TYPING,
        RECORDING,
        PAUSED,
        UNKNOWN
    }

    /// @throws NodeException without sender
    static ChatState read(Node node) {
        return new ChatState(node.requireJid("from"), node.jid("participant"), state(node));
    }

    private static State state(Node node) {
        Node composing = node.child("composing");
        if (composing != null) {
            return composing.attr("media", "").equals("audio") ? State.RECORDING : State.TYPING;
        }
        return node.child("paused") != null ? State.PAUSED : State.UNKNOWN;
    }
}
