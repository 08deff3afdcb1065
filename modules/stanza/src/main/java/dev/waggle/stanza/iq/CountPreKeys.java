package dev.waggle.stanza.iq;

import dev.waggle.address.Jid;
import dev.waggle.stanza.field.Fields;
import dev.waggle.wire.node.Node;

/// Asks how many one-time pre-keys the server still holds for us.
public record CountPreKeys() implements Iq<Integer> {
    @Override
    public Node ask(String id) {
        return Iq.get(id, "encrypt", Jid.SERVER, Node.of("count"));
    }

    @Override
    public Integer answer(Node reply) {
        Node count = reply.requireChild("count");
        count.require("value");
        return Fields.count(count, "value", 0);
    }
}
