package dev.waggle.stanza.iq.group;

import dev.waggle.address.Jid;
import dev.waggle.stanza.iq.Iq;
import dev.waggle.wire.node.Node;
import java.util.List;

/// Creates a group; we become its superadmin.
///
/// @param subject 1 to 100 characters
/// @param key tells our own request apart in the notification that follows
/// @param participants bare, without us
public record CreateGroup(String subject, String key, List<Jid> participants) implements Iq<GroupInfo> {
    public CreateGroup {
        Groups.checkedSubject(subject);
        participants = Groups.checked(participants);
    }

    @Override
    public Node ask(String id) {
        Node create = Node.build("create")
                .attr("subject", subject)
                .attr("key", key)
                .content(Groups.participants(participants))
                .done();
        return Iq.set(id, Groups.NAMESPACE, Groups.SERVER, create);
    }

    @Override
    public GroupInfo answer(Node reply) {
        return GroupInfo.read(reply.requireChild("group"));
    }
}
