package dev.waggle.stanza.iq.group;

import dev.waggle.stanza.iq.Iq;
import dev.waggle.wire.node.Node;
import java.util.List;

/// Asks for all groups that we are in.
public record ParticipatingGroups() implements Iq<List<GroupInfo>> {
    @Override
    public Node ask(String id) {
        Node participating = Node.of("participating", Node.of("participants"), Node.of("description"));
        return Iq.get(id, Groups.NAMESPACE, Groups.SERVER, participating);
    }

    @Override
    public List<GroupInfo> answer(Node reply) {
        return reply.requireChild("groups").children("group").stream()
                .map(GroupInfo::read)
                .toList();
    }
}
