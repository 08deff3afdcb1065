package dev.waggle.stanza.notification;

import dev.waggle.stanza.field.Fields;
import dev.waggle.stanza.iq.group.GroupInfo;
import dev.waggle.stanza.iq.group.Participant;
import dev.waggle.wire.node.Node;
import java.util.List;

/// Reads what happened to a group.
final class GroupNews {
    private GroupNews() {}

    static Content read(Node node) {
        return new Content.GroupChanged(
                node.requireJid("from"),
                node.jid("participant"),
                node.jid("participant_pn"),
                node.children().stream().map(GroupNews::change).toList());
    }

    private static GroupChange change(Node node) {
        return switch (node.tag()) {
            case "create" -> new GroupChange.Created(GroupInfo.read(node.requireChild("group")));
            case "delete" -> new GroupChange.Deleted();
            case "add" -> new GroupChange.Added(participants(node), node.attr("reason"));
            case "remove" -> new GroupChange.Removed(participants(node));
            case "promote" -> new GroupChange.Promoted(participants(node));
            case "demote" -> new GroupChange.Demoted(participants(node));
            case "modify" -> new GroupChange.Renumbered(participants(node));
            case "subject" -> new GroupChange.SubjectChanged(node.attr("subject", ""));
            case "description" -> description(node);
            case "announcement" -> new GroupChange.AnnouncementSet(true);
            case "not_announcement" -> new GroupChange.AnnouncementSet(false);
            case "locked" -> new GroupChange.LockSet(true);
            case "unlocked" -> new GroupChange.LockSet(false);
            case "ephemeral" -> new GroupChange.EphemeralSet(Fields.count(node, "expiration", 0));
            case "not_ephemeral" -> new GroupChange.EphemeralSet(0);
            default -> new GroupChange.Other(node.tag());
        };
    }

    private static List<Participant> participants(Node node) {
        return node.children("participant").stream().map(Participant::read).toList();
    }

    private static GroupChange description(Node node) {
        Node body = node.child("body");
        return new GroupChange.DescriptionChanged(body == null ? null : body.text());
    }
}
