package dev.waggle.stanza.message;

import dev.waggle.address.Bytes;
import dev.waggle.stanza.field.Fields;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import org.jspecify.annotations.Nullable;

/// One ciphertext of a message stanza.
///
/// @param version 2 for everything but Messenger's 3, whose plaintext is not padded
/// @param count which retry this is; 0 for a first delivery
/// @param hidden a failure to decrypt is not to be shown to people
public record Enc(
        EncType type,
        int version,
        int count,
        Bytes ciphertext,
        @Nullable String mediaType,
        boolean hidden) {

    /// @throws NodeException without type or bytes
    public static Enc read(Node node) {
        return new Enc(
                EncType.of(node.require("type")),
                Fields.count(node, "v", 2),
                Fields.count(node, "count", 0),
                node.requireBytes(),
                node.attr("mediatype"),
                node.attr("decrypt-fail", "").equals("hide"));
    }
}
