package dev.waggle.stanza.message;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.wire.node.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The shapes of an outbound message.
public final class Draft {
    private static final int VERSION = 2;

    private Draft() {}

    /// One device's ciphertext.
    public record Part(Jid device, EncType type, Bytes ciphertext) {
        private boolean opensSession() {
            return type == EncType.PRE_KEY;
        }
    }

    /// To a person: one ciphertext per device.
    ///
    /// @param type the stanza type, see [MessageContent#stanzaType]
    /// @param deviceIdentity our signed device identity; goes along when any part opens a session
    public static Node direct(MessageId id, Jid to, String type, List<Part> parts, Bytes deviceIdentity) {
        Node participants = participants(parts);
        Node.Builder message = start(id, to, type);
        return parts.stream().anyMatch(Part::opensSession)
                ? message.content(participants, Node.of("device-identity", deviceIdentity))
                        .done()
                : message.content(participants).done();
    }

    /// To a group: one ciphertext for all, and the sender key for those who lack it.
    ///
    /// @param phash over all devices of the group, the sending one included
    public static Node group(
            MessageId id,
            Jid group,
            String type,
            Bytes ciphertext,
            List<Part> distribution,
            String phash,
            AddressingMode addressing,
            Bytes deviceIdentity) {
        Node sealed = enc(EncType.SENDER_KEY, ciphertext, 0);
        Node.Builder message = start(id, group, type).attr("phash", phash).attr("addressing_mode", addressing.wire());
        if (distribution.isEmpty()) {
            return message.content(sealed).done();
        }
        Node participants = participants(distribution);
        return distribution.stream().anyMatch(Part::opensSession)
                ? message.content(participants, sealed, Node.of("device-identity", deviceIdentity))
                        .done()
                : message.content(participants, sealed).done();
    }

    /// Again, to the one device that asked: a single ciphertext right below the message, never a fan-out.
    ///
    /// @param to the device on direct messages, else the group
    /// @param participant the device in a group
    /// @param recipient copied from the receipt
    /// @param count which retry it answers
    public static Node retry(
            MessageId id,
            Jid to,
            @Nullable Jid participant,
            @Nullable Jid recipient,
            String type,
            Part part,
            int count,
            Bytes deviceIdentity) {
        Node sealed = enc(part.type(), part.ciphertext(), count);
        Node.Builder message = start(id, to, type)
                .attr("participant", participant)
                .attr("recipient", recipient)
                .attr("device_fanout", participant == null ? "false" : null);
        return part.opensSession()
                ? message.content(sealed, Node.of("device-identity", deviceIdentity))
                        .done()
                : message.content(sealed).done();
    }

    private static Node.Builder start(MessageId id, Jid to, String type) {
        return Node.build("message").attr("id", id.value()).attr("to", to).attr("type", type);
    }

    private static Node participants(List<Part> parts) {
        return Node.build("participants")
                .content(parts.stream()
                        .map(part -> Node.build("to")
                                .attr("jid", part.device())
                                .content(enc(part.type(), part.ciphertext(), 0))
                                .done())
                        .toList())
                .done();
    }

    private static Node enc(EncType type, Bytes ciphertext, int count) {
        return Node.build("enc")
                .attr("v", VERSION)
                .attr("type", type.wire())
                .attr("count", count == 0 ? null : Integer.toString(count))
                .content(ciphertext)
                .done();
    }
}
