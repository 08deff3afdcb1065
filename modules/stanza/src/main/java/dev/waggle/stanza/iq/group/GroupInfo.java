package dev.waggle.stanza.iq.group;

import dev.waggle.address.Jid;
import dev.waggle.stanza.field.Fields;
import dev.waggle.stanza.message.AddressingMode;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A group as the server describes it.
///
/// @param addressing under which names its members show; [AddressingMode#PN] when the server does not say
/// @param ephemeralSeconds after which messages disappear, 0 for never
/// @param parent the community that it belongs to
public record GroupInfo(
        Jid jid,
        String subject,
        @Nullable String description,
        @Nullable Jid creator,
        @Nullable Instant createdAt,
        AddressingMode addressing,
        List<Participant> participants,
        int ephemeralSeconds,
        boolean announcement,
        boolean locked,
        boolean suspended,
        @Nullable Jid parent) {
    private static final int PARTICIPANTS_MAX = 20_000;

    public GroupInfo {
        participants = List.copyOf(participants);
    }

    /// Reads a `group` node.
    ///
    /// @throws NodeException without id, or with a malformed participant
    public static GroupInfo read(Node node) {
        List<Node> participants = node.children("participant");
        if (participants.size() > PARTICIPANTS_MAX) {
            throw new NodeException("group/participant", participants.size() + "", "0.." + PARTICIPANTS_MAX);
        }
        AddressingMode addressing = AddressingMode.of(node.attr("addressing_mode"));
        Node ephemeral = node.child("ephemeral");
        Node parent = node.child("linked_parent");
        return new GroupInfo(
                Fields.groupId(node, "id"),
                node.attr("subject", ""),
                description(node),
                node.jid("creator"),
                Fields.time(node, "creation"),
                addressing == null ? AddressingMode.PN : addressing,
                participants.stream().map(Participant::read).toList(),
                ephemeral == null ? 0 : Fields.count(ephemeral, "expiration", 0),
                node.child("announcement") != null,
                node.child("locked") != null,
                node.child("suspended") != null,
                parent == null ? null : parent.jid("jid"));
    }

    private static @Nullable String description(Node node) {
        Node description = node.child("description");
        Node body = description == null ? null : description.child("body");
        return body == null ? null : body.text();
    }
}
