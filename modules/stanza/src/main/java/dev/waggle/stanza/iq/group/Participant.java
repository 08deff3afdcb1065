package dev.waggle.stanza.iq.group;

import dev.waggle.address.Jid;
import dev.waggle.stanza.field.Fields;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import org.jspecify.annotations.Nullable;

/// A member of a group under the name that the group shows, and the other one when the server tells it.
///
/// @param error why adding or removing failed, 0 when it did not
public record Participant(
        Jid jid, @Nullable Jid lid, @Nullable Jid pn, Rank rank, int error) {
    public enum Rank {
        MEMBER,
        ADMIN,
        /// The creator.
        SUPERADMIN
    }

    /// @throws NodeException without JID
    public static Participant read(Node node) {
        Jid jid = node.requireJid("jid");
        Jid lid = jid.isLid() ? jid : node.jid("lid");
        Jid pn = jid.isPn() ? jid : node.jid("phone_number");
        return new Participant(jid, lid, pn, rank(node.attr("type", "")), Fields.count(node, "error", 0));
    }

    private static Rank rank(String type) {
        return switch (type) {
            case "admin" -> Rank.ADMIN;
            case "superadmin" -> Rank.SUPERADMIN;
            default -> Rank.MEMBER;
        };
    }

    public boolean isAdmin() {
        return rank != Rank.MEMBER;
    }
}
