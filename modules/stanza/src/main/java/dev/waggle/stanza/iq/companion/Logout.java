package dev.waggle.stanza.iq.companion;

import dev.waggle.address.Jid;
import dev.waggle.stanza.iq.Done;
import dev.waggle.stanza.iq.Iq;
import dev.waggle.wire.node.Node;

/// Unlinks this device. The credentials are void once the server agrees.
///
/// @param self our own device
public record Logout(Jid self) implements Iq<Done> {
    @Override
    public Node ask(String id) {
        Node remove = Node.build("remove-companion-device")
                .attr("jid", self)
                .attr("reason", "user_initiated")
                .done();
        return Iq.set(id, "md", Jid.SERVER, remove);
    }

    @Override
    public Done answer(Node reply) {
        return Done.DONE;
    }
}
