package dev.waggle.stanza.message;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.wire.node.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The shapes of an outbound message. Our signed device identity goes along whenever a part opens a session.
public final class Draft {
    private static final int VERSION = 2;

    private Draft() {}

    /// One device's ciphertext.
    public record Part(Jid device, EncType type, Bytes ciphertext) {
        private boolean opensSession() {
            return type == EncType.PRE_KEY;
        }
    }

    /// As below, for a message of which only the stanza type is known.
    public static Node direct(MessageId id, Jid to, String type, List<Part> parts, Bytes deviceIdentity) {
        return direct(id, to, Traits.plain(type), parts, deviceIdentity);
    }

    /// To a person: one ciphertext per device, theirs and our others'.
    public static Node direct(MessageId id, Jid to, Traits traits, List<Part> parts, Bytes deviceIdentity) {
        List<Node> content = new ArrayList<>();
        content.add(participants(parts, traits, traits.mediaType()));
        content.addAll(identity(parts, deviceIdentity));
        return finish(start(id, to, traits), content, traits);
    }

    /// As below, for a message of which only the stanza type is known.
    public static Node group(
            MessageId id,
            Jid group,
            String type,
            Bytes ciphertext,
            List<Part> distribution,
            String phash,
            AddressingMode addressing,
            Bytes deviceIdentity) {
        Shared shared = new Shared(group, ciphertext, distribution, phash, addressing);
        return group(id, shared, Traits.plain(type), deviceIdentity);
    }

    /// @param ciphertext under our sender key
    /// @param distribution the sender key, for the devices that lack it; may be empty
    /// @param phash over all devices of the group, the sending one included
    public record Shared(
            Jid group,
            Bytes ciphertext,
            List<Part> distribution,
            @Nullable String phash,
            AddressingMode addressing) {
        public Shared {
            distribution = List.copyOf(distribution);
        }
    }

    /// To a group: one ciphertext for all, and the sender key for those who lack it.
    public static Node group(MessageId id, Shared shared, Traits traits, Bytes deviceIdentity) {
        List<Node> content = new ArrayList<>();
        if (!shared.distribution().isEmpty()) {
            content.add(participants(shared.distribution(), traits, null));
        }
        content.add(enc(EncType.SENDER_KEY, shared.ciphertext(), 0, traits, traits.mediaType()));
        content.addAll(identity(shared.distribution(), deviceIdentity));
        Node.Builder message = start(id, shared.group(), traits)
                .attr("phash", shared.phash())
                .attr("addressing_mode", shared.addressing().wire());
        return finish(message, content, traits);
    }

    /// As below, for a message of which only the stanza type is known.
    public static Node retry(
            MessageId id,
            Jid to,
            @Nullable Jid participant,
            @Nullable Jid recipient,
            String type,
            Part part,
            int count,
            Bytes deviceIdentity) {
        Again again = new Again(to, participant, recipient, count);
        return retry(id, again, Traits.plain(type), part, deviceIdentity);
    }

    /// @param to the device on direct messages, else the group
    /// @param participant the device in a group
    /// @param recipient copied from the receipt
    /// @param count which retry it answers, from 1
    public record Again(
            Jid to, @Nullable Jid participant, @Nullable Jid recipient, int count) {}

    /// Again, to the one device that asked: a single ciphertext right below the message, never a fan-out, which the
    /// server refuses with 479.
    public static Node retry(MessageId id, Again again, Traits traits, Part part, Bytes deviceIdentity) {
        List<Node> content = new ArrayList<>();
        content.add(enc(part.type(), part.ciphertext(), again.count(), traits, traits.mediaType()));
        content.addAll(identity(List.of(part), deviceIdentity));
        Node.Builder message = start(id, again.to(), traits)
                .attr("participant", again.participant())
                .attr("recipient", again.recipient())
                .attr("device_fanout", again.participant() == null ? "false" : null);
        return finish(message, content, traits);
    }

    /// To another device of our own, about the account.
    ///
    /// @param urgent wakes the phone up
    public static Node peer(MessageId id, Part part, boolean urgent, Bytes deviceIdentity) {
        Traits traits = Traits.plain("text");
        List<Node> content = new ArrayList<>();
        content.add(Node.build("meta").attr("appdata", "default").done());
        content.add(enc(part.type(), part.ciphertext(), 0, traits, null));
        content.addAll(identity(List.of(part), deviceIdentity));
        return start(id, part.device(), traits)
                .attr("category", "peer")
                .attr("push_priority", urgent ? "high_force" : "high")
                .content(content)
                .done();
    }

    private static Node.Builder start(MessageId id, Jid to, Traits traits) {
        return Node.build("message")
                .attr("id", id.value())
                .attr("to", to)
                .attr("type", traits.type())
                .attr("edit", traits.edit());
    }

    private static Node finish(Node.Builder message, List<Node> content, Traits traits) {
        if (traits.meta() != null) {
            content.add(traits.meta());
        }
        return message.content(content).done();
    }

    private static List<Node> identity(List<Part> parts, Bytes deviceIdentity) {
        if (parts.stream().noneMatch(Part::opensSession)) {
            return List.of();
        }
        if (deviceIdentity.isEmpty()) {
            throw new IllegalStateException("device identity: absent (expected: with every pkmsg)");
        }
        return List.of(Node.of("device-identity", deviceIdentity));
    }

    private static Node participants(List<Part> parts, Traits traits, @Nullable String mediaType) {
        return Node.build("participants")
                .content(parts.stream()
                        .map(part -> Node.build("to")
                                .attr("jid", part.device())
                                .content(enc(part.type(), part.ciphertext(), 0, traits, mediaType))
                                .done())
                        .toList())
                .done();
    }

    private static Node enc(EncType type, Bytes ciphertext, int count, Traits traits, @Nullable String mediaType) {
        return Node.build("enc")
                .attr("v", VERSION)
                .attr("type", type.wire())
                .attr("count", count == 0 ? null : Integer.toString(count))
                .attr("mediatype", mediaType)
                .attr("decrypt-fail", traits.hidden() ? "hide" : null)
                .content(ciphertext)
                .done();
    }
}
