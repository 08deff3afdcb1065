package dev.waggle.stanza.iq.group;

import dev.waggle.address.Jid;
import dev.waggle.stanza.iq.Iq;
import dev.waggle.wire.node.Node;

/// Asks for a group's description and members. Refused with 403 when we are not in it, 404 when there is none.
public record QueryGroup(Jid group) implements Iq<GroupInfo> {
    @Override
    public Node ask(String id) {
        return Iq.get(
                id,
                Groups.NAMESPACE,
                group,
                Node.build("query").attr("request", "interactive").done());
    }

    @Override
    public GroupInfo answer(Node reply) {
        return GroupInfo.read(reply.requireChild("group"));
    }
}
