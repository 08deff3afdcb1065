package dev.waggle.stanza.iq.group;

import dev.waggle.address.Jid;
import dev.waggle.address.JidServer;
import dev.waggle.wire.node.Node;
import java.util.List;

/// What the questions about groups share.
final class Groups {
    static final String NAMESPACE = "w:g2";
    /// The server that answers for all groups.
    static final Jid SERVER = Jid.of("", JidServer.GROUP);
    static final int PARTICIPANTS_MAX = 1024;

    private Groups() {}

    static List<Jid> checked(List<Jid> participants) {
        if (participants.isEmpty() || participants.size() > PARTICIPANTS_MAX) {
            throw new IllegalArgumentException(
                    "participants: " + participants.size() + " (expected: 1.." + PARTICIPANTS_MAX + ")");
        }
        return participants.stream().map(Jid::bare).distinct().toList();
    }

    static String checkedSubject(String subject) {
        if (subject.isBlank() || subject.codePointCount(0, subject.length()) > 100) {
            throw new IllegalArgumentException("subject: " + subject.length() + " characters (expected: 1..100)");
        }
        return subject;
    }

    static List<Node> participants(List<Jid> participants) {
        return participants.stream()
                .map(jid -> Node.build("participant").attr("jid", jid).done())
                .toList();
    }
}
