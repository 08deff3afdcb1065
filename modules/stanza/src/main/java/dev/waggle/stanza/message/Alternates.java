package dev.waggle.stanza.message;

import dev.waggle.address.Jid;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import org.jspecify.annotations.Nullable;

/// The other names of the people on a stanza, each present only when the server tells it.
public record Alternates(
        @Nullable Jid senderLid,
        @Nullable Jid senderPn,
        @Nullable Jid participantLid,
        @Nullable Jid participantPn,
        @Nullable Jid peerRecipientLid,
        @Nullable Jid peerRecipientPn,
        @Nullable Jid recipientLid,
        @Nullable Jid recipientPn) {

    /// @throws NodeException when one is there and not a JID
    public static Alternates read(Node node) {
        return new Alternates(
                node.jid("sender_lid"),
                node.jid("sender_pn"),
                node.jid("participant_lid"),
                node.jid("participant_pn"),
                node.jid("peer_recipient_lid"),
                node.jid("peer_recipient_pn"),
                node.jid("recipient_lid"),
                node.jid("recipient_pn"));
    }

    /// The other name of a direct sender that is known as `from`.
    public @Nullable Jid ofSender(Jid from) {
        return from.isLid() ? senderPn : senderLid;
    }

    /// The other name of a group participant.
    public @Nullable Jid ofParticipant(Jid participant) {
        return participant.isLid() ? participantPn : participantLid;
    }

    /// The other name of the chat partner on a copy of our own message.
    public @Nullable Jid ofRecipient(Jid recipient) {
        if (recipient.isLid()) {
            return peerRecipientPn != null ? peerRecipientPn : recipientPn;
        }
        return peerRecipientLid != null ? peerRecipientLid : recipientLid;
    }
}
