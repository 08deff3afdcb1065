package dev.waggle.stanza.iq;

import dev.waggle.address.Jid;
import dev.waggle.wire.node.Node;

/// Asks for delivery to begin (`active`), or to be held back (`passive`).
public record SetPassive(boolean passive) implements Iq<Done> {
    @Override
    public Node ask(String id) {
        return Iq.set(id, "passive", Jid.SERVER, Node.of(passive ? "passive" : "active"));
    }

    @Override
    public Done answer(Node reply) {
        return Done.DONE;
    }
}
