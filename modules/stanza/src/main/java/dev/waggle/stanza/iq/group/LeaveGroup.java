package dev.waggle.stanza.iq.group;

import dev.waggle.address.Jid;
import dev.waggle.stanza.iq.Done;
import dev.waggle.stanza.iq.Iq;
import dev.waggle.wire.node.Node;

/// Takes us out of a group.
public record LeaveGroup(Jid group) implements Iq<Done> {
    @Override
    public Node ask(String id) {
        Node leave = Node.of("leave", Node.build("group").attr("id", group).done());
        return Iq.set(id, Groups.NAMESPACE, Groups.SERVER, leave);
    }

    @Override
    public Done answer(Node reply) {
        return Done.DONE;
    }
}
