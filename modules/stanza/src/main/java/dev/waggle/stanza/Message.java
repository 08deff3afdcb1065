package dev.waggle.stanza;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.JidServer;
import dev.waggle.address.MessageId;
import dev.waggle.stanza.field.Fields;
import dev.waggle.stanza.message.AddressingMode;
import dev.waggle.stanza.message.Alternates;
import dev.waggle.stanza.message.Enc;
import dev.waggle.stanza.message.Meta;
import dev.waggle.stanza.message.Origin;
import dev.waggle.stanza.message.Unavailable;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message, still encrypted. To be acknowledged only when everything in it is durable.
///
/// @param from the sender's device, or the group, list or newsletter that it was sent to
/// @param participant the sender's device when `from` is not a person
/// @param recipient the chat, on a copy of what another device of ours sent
/// @param at when the server took it, whole seconds
/// @param type `text`, `media`, `reaction`, `poll`, `event`...
/// @param pushName the sender's push name
/// @param category `peer` for what our own devices tell each other
/// @param edit `1` edit, `2` pin, `3` admin edit, `7` sender revoke, `8` admin revoke
/// @param offline it waited on the server while we were away
/// @param encs ciphertexts in order: pairwise ones first, then at most one `skmsg`
/// @param deviceIdentity the sender's signed device identity, present with a `pkmsg`
/// @param plaintext the message itself in a newsletter, unencrypted
/// @param serverId the number of a newsletter message; 0 elsewhere
public record Message(
        MessageId id,
        Jid from,
        @Nullable Jid participant,
        @Nullable Jid recipient,
        Alternates alternates,
        @Nullable AddressingMode addressingMode,
        Instant at,
        String type,
        @Nullable String pushName,
        @Nullable String category,
        @Nullable String edit,
        boolean offline,
        List<Enc> encs,
        @Nullable Bytes deviceIdentity,
        @Nullable Unavailable unavailable,
        @Nullable Meta meta,
        @Nullable Bytes plaintext,
        int serverId)
        implements Stanza {
    private static final int ENCS_MAX = 64;

    public Message {
        encs = List.copyOf(encs);
    }

    /// @throws NodeException without id, sender or time, without participant in a group, or with malformed
    /// ciphertexts
    static Message read(Node node) {
        Jid from = node.requireJid("from");
        Jid participant = node.jid("participant");
        boolean shared = from.isGroup() || from.server().equals(JidServer.BROADCAST);
        if (shared && participant == null) {
            throw new NodeException("message.participant", "absent", "a JID, because " + from + " is not a person");
        }
        return new Message(
                Fields.messageId(node, "id"),
                from,
                participant,
                node.jid("recipient"),
                Alternates.read(node),
                AddressingMode.of(node.attr("addressing_mode")),
                Fields.requireTime(node, "t"),
                node.attr("type", ""),
                node.attr("notify"),
                node.attr("category"),
                node.attr("edit"),
                node.has("offline"),
                encs(node),
                bytesOf(node, "device-identity"),
                unavailable(node),
                meta(node),
                bytesOf(node, "plaintext"),
                Fields.count(node, "server_id", 0));
    }

    private static List<Enc> encs(Node node) {
        List<Node> encs = node.children("enc");
        if (encs.size() > ENCS_MAX) {
            throw new NodeException("message/enc", encs.size() + " ciphertexts", "0.." + ENCS_MAX);
        }
        return encs.stream().map(Enc::read).toList();
    }

    private static @Nullable Bytes bytesOf(Node node, String name) {
        Node child = node.child(name);
        return child == null ? null : child.bytes();
    }

    private static @Nullable Unavailable unavailable(Node node) {
        Node child = node.child("unavailable");
        return child == null ? null : Unavailable.read(child);
    }

    private static @Nullable Meta meta(Node node) {
        Node child = node.child("meta");
        return child == null ? null : Meta.read(child);
    }

    /// Says that our own devices speak of the account, not of a chat.
    public boolean isPeer() {
        return "peer".equals(category);
    }

    /// Which chat this belongs to and who wrote it, as seen by `self`.
    public Origin origin(Origin.Self self) {
        if (from.server().equals(JidServer.NEWSLETTER)) {
            return new Origin(Origin.Kind.NEWSLETTER, from.bare(), from, null, null, false);
        }
        return participant == null ? direct(self) : shared(self, participant);
    }

    private Origin shared(Origin.Self self, Jid writer) {
        Jid sender = Origin.unhosted(writer);
        Origin.Kind kind =
                from.isGroup() ? Origin.Kind.GROUP : from.isStatus() ? Origin.Kind.STATUS : Origin.Kind.BROADCAST;
        return new Origin(kind, from.bare(), sender, bare(alternates.ofParticipant(sender)), null, self.is(sender));
    }

    private Origin direct(Origin.Self self) {
        Jid sender = Origin.unhosted(from);
        if (self.is(sender)) {
            Jid chat = recipient == null ? sender.bare() : recipient.bare();
            Origin.Kind kind = isPeer() ? Origin.Kind.PEER : Origin.Kind.DIRECT;
            return new Origin(
                    kind, chat, sender, bare(alternates.ofSender(sender)), bare(alternates.ofRecipient(chat)), true);
        }
        Jid chat = meta != null && meta.targetChat() != null ? meta.targetChat().bare() : sender.bare();
        Jid other = bare(alternates.ofSender(sender));
        return new Origin(Origin.Kind.DIRECT, chat, sender, other, chat.sameUser(sender) ? other : null, false);
    }

    private static @Nullable Jid bare(@Nullable Jid jid) {
        return jid == null ? null : jid.bare();
    }
}
