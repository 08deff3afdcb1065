package dev.waggle.stanza.iq;

import dev.waggle.address.Jid;
import dev.waggle.wire.node.Node;

/// Asks whether the server is there.
public record Ping() implements Iq<Done> {
    @Override
    public Node ask(String id) {
        return Iq.get(id, "w:p", Jid.SERVER, Node.of("ping"));
    }

    @Override
    public Done answer(Node reply) {
        return Done.DONE;
    }

    /// Any reply shows that the server is there, a refusal too.
    @Override
    public Done read(Node reply) {
        return Done.DONE;
    }
}
