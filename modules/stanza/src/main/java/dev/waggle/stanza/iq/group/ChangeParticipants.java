package dev.waggle.stanza.iq.group;

import dev.waggle.address.Jid;
import dev.waggle.stanza.iq.Iq;
import dev.waggle.wire.node.Node;
import java.util.List;
import java.util.Locale;

/// Changes who is in a group, or who runs it. Each answered participant carries its own error, 0 when it worked.
public record ChangeParticipants(Jid group, Action action, List<Jid> participants) implements Iq<List<Participant>> {
    public enum Action {
        ADD,
        REMOVE,
        PROMOTE,
        DEMOTE;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ChangeParticipants {
        participants = Groups.checked(participants);
    }

    @Override
    public Node ask(String id) {
        Node change = Node.build(action.wire())
                .content(Groups.participants(participants))
                .done();
        return Iq.set(id, Groups.NAMESPACE, group, change);
    }

    @Override
    public List<Participant> answer(Node reply) {
        return reply.requireChild(action.wire()).children("participant").stream()
                .map(Participant::read)
                .toList();
    }
}
