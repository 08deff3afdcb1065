package dev.waggle.stanza.keys;

import dev.waggle.address.Bytes;
import dev.waggle.stanza.field.Fields;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;

/// The public half of a one-time pre-key.
///
/// @param id 24 bits
/// @param publicKey 32 raw bytes
public record OneTimeKey(int id, Bytes publicKey) {
    public OneTimeKey {
        Keys.check("pre-key id", id);
        Keys.check("pre-key", publicKey, Keys.KEY_BYTES);
    }

    /// @throws NodeException when the id is not 3 bytes or the key not 32
    public static OneTimeKey read(Node key) {
        return new OneTimeKey(
                Fields.bigEndian(key.requireChild("id"), 3),
                key.requireChild("value").requireBytes(Keys.KEY_BYTES));
    }

    public Node toNode() {
        return Node.of("key", Node.of("id", Fields.bigEndian(id, 3)), Node.of("value", publicKey));
    }
}
