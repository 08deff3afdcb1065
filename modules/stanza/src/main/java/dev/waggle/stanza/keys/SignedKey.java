package dev.waggle.stanza.keys;

import dev.waggle.address.Bytes;
import dev.waggle.stanza.field.Fields;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;

/// The public half of a signed pre-key.
///
/// @param id 24 bits
/// @param publicKey 32 raw bytes
/// @param signature 64 bytes by the identity key over `05` and the public key; not checked here
public record SignedKey(int id, Bytes publicKey, Bytes signature) {
    public SignedKey {
        Keys.check("signed pre-key id", id);
        Keys.check("signed pre-key", publicKey, Keys.KEY_BYTES);
        Keys.check("signed pre-key signature", signature, Keys.SIGNATURE_BYTES);
    }

    /// @throws NodeException when a part has the wrong length
    public static SignedKey read(Node skey) {
        return new SignedKey(
                Fields.bigEndian(skey.requireChild("id"), 3),
                skey.requireChild("value").requireBytes(Keys.KEY_BYTES),
                skey.requireChild("signature").requireBytes(Keys.SIGNATURE_BYTES));
    }

    public Node toNode() {
        return Node.of(
                "skey",
                Node.of("id", Fields.bigEndian(id, 3)),
                Node.of("value", publicKey),
                Node.of("signature", signature));
    }
}
