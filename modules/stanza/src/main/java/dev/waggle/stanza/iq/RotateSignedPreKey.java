package dev.waggle.stanza.iq;

import dev.waggle.address.Jid;
import dev.waggle.stanza.keys.SignedKey;
import dev.waggle.wire.node.Node;

/// Replaces our signed pre-key. Its private half must be durable before.
public record RotateSignedPreKey(SignedKey signedKey) implements Iq<Done> {
    @Override
    public Node ask(String id) {
        return Iq.set(id, "encrypt", Jid.SERVER, Node.of("rotate", signedKey.toNode()));
    }

    @Override
    public Done answer(Node reply) {
        return Done.DONE;
    }
}
