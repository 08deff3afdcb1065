package dev.waggle.stanza;

import dev.waggle.stanza.field.Fields;
import dev.waggle.stanza.stream.Consequence;
import dev.waggle.stanza.stream.StreamReason;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The server ends, or is about to end, an established stream.
///
/// @param code the number as sent, absent when the reason is told by a child only
/// @param detail the conflict type, or for [StreamReason#ACK_OWED] the id that the server still waits for
public record StreamError(
        StreamReason reason, OptionalInt code, @Nullable String detail) implements Stanza {
    /// @throws NodeException when the code is not a number
    static StreamError read(Node node) {
        OptionalInt code = Fields.optionalCount(node, "code");
        Node conflict = node.child("conflict");
        if (conflict != null) {
            String type = conflict.attr("type", "");
            return new StreamError(StreamReason.ofConflict(type), code, type);
        }
        Node ack = node.child("ack");
        if (ack != null) {
            return new StreamError(StreamReason.ACK_OWED, code, ack.attr("id"));
        }
        if (node.child("xml-not-well-formed") != null) {
            return new StreamError(StreamReason.NOT_WELL_FORMED, code, null);
        }
        return new StreamError(StreamReason.of(code), code, null);
    }

    /// What the connection has to do now.
    public Consequence consequence() {
        return reason.consequence();
    }
}
