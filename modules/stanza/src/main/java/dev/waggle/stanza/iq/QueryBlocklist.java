package dev.waggle.stanza.iq;

import dev.waggle.address.Jid;
import dev.waggle.wire.node.Node;
import java.util.List;

/// Asks whom this account has blocked.
public record QueryBlocklist() implements Iq<List<Jid>> {
    @Override
    public Node ask(String id) {
        return Iq.get(id, "blocklist", Jid.SERVER);
    }

    @Override
    public List<Jid> answer(Node reply) {
        Node list = reply.child("list");
        return list == null
                ? List.of()
                : list.children("item").stream()
                        .map(item -> item.requireJid("jid"))
                        .toList();
    }
}
