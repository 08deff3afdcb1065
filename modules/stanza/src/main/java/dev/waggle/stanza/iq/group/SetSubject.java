package dev.waggle.stanza.iq.group;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.stanza.iq.Done;
import dev.waggle.stanza.iq.Iq;
import dev.waggle.wire.node.Node;

/// Renames a group.
///
/// @param subject 1 to 100 characters
public record SetSubject(Jid group, String subject) implements Iq<Done> {
    public SetSubject {
        Groups.checkedSubject(subject);
    }

    @Override
    public Node ask(String id) {
        return Iq.set(id, Groups.NAMESPACE, group, Node.of("subject", Bytes.utf8(subject)));
    }

    @Override
    public Done answer(Node reply) {
        return Done.DONE;
    }
}
