package dev.waggle.platform.account.outbox;

import com.google.protobuf.ByteString;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.platform.port.ContactException;
import dev.waggle.platform.port.Contacts.Group;
import dev.waggle.platform.port.Encryption.ForDevice;
import dev.waggle.platform.port.Encryption.GroupCiphertext;
import dev.waggle.proto.journal.Intent;
import dev.waggle.proto.journal.Party;
import dev.waggle.proto.message.Message;
import dev.waggle.proto.message.SenderKeyDistributionMessage;
import dev.waggle.stanza.message.AddressingMode;
import dev.waggle.stanza.message.Draft;
import dev.waggle.stanza.message.EncType;
import dev.waggle.stanza.message.MessageContent;
import dev.waggle.stanza.message.Padding;
import dev.waggle.stanza.message.ParticipantHash;
import dev.waggle.stanza.message.Traits;
import dev.waggle.wire.node.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/// Turns an intent into the stanza that carries it: finds the devices, makes missing sessions, encrypts for each.
final class Fanout {
    /// @param chat as public events name it
    /// @param afterwards what to do once the stanza was written: marks of who holds our sender key now
    record Ready(
            Node stanza,
            Party chat,
            Audience audience,
            java.util.function.Supplier<CompletionStage<Done>> afterwards) {}

    /// Whom a stanza is for, as we know it: the server answers with another hash when it knows better.
    record Audience(String hash, Set<Jid> users) {
        static Audience of(Collection<Jid> devices) {
            Set<Jid> users = new LinkedHashSet<>();
            devices.forEach(device -> users.add(device.bare()));
            return new Audience(ParticipantHash.of(devices), users);
        }
    }

    private final OutboxPorts ports;

    Fanout(OutboxPorts ports) {
        this.ports = ports;
    }

    /// Fails with a [ContactException] when nobody can be reached; any other failure may pass.
    CompletionStage<Ready> of(Intent intent) {
        Jid chat = Jid.parse(intent.getChat());
        return ports.attachments()
                .placed(intent, MessageContent.parse(intent.getContent().toByteArray()))
                .thenCompose(message -> chat.isGroup() ? group(intent, chat, message) : direct(intent, chat, message));
    }

    private Bytes padded(Message message) {
        return Bytes.wrap(Padding.pad(message.toByteArray(), ports.random()));
    }

    private CompletionStage<Ready> direct(Intent intent, Jid chat, Message message) {
        return ports.contacts().identify(chat).thenCompose(identity -> {
            Jid to = identity.preferred();
            return ports.contacts()
                    .devices(List.of(to, ports.self().bare()), false)
                    .thenCompose(found -> {
                        List<Jid> theirs = without(found.getOrDefault(to, List.of()));
                        List<Jid> ours = without(found.getOrDefault(ports.self().bare(), List.of()));
                        if (to.sameUser(ports.self())) {
                            theirs = List.of();
                        }
                        List<Jid> recipients = theirs;
                        return encrypted(recipients, padded(message))
                                .thenCombine(
                                        encrypted(ours, padded(MessageContent.deviceSent(to, message))),
                                        (one, other) -> {
                                            if (one.isEmpty() && !recipients.isEmpty()
                                                    || one.isEmpty() && other.isEmpty()) {
                                                throw new ContactException(
                                                        "no-recipient-device", "no device could be encrypted for");
                                            }
                                            List<Draft.Part> parts = new ArrayList<>(one);
                                            parts.addAll(other);
                                            Node stanza = Draft.direct(
                                                    new MessageId(intent.getMessageId()),
                                                    to,
                                                    Traits.of(message),
                                                    parts,
                                                    ports.contacts().ownDeviceIdentity());
                                            return new Ready(
                                                    stanza,
                                                    identity.party(chat),
                                                    audience(to, recipients, ours),
                                                    Fanout::nothing);
                                        });
                    });
        });
    }

    private Audience audience(Jid to, List<Jid> theirs, List<Jid> ours) {
        Set<Jid> all = new LinkedHashSet<>(theirs);
        all.addAll(ours);
        all.add(to.isLid() ? ports.self() : ports.pn());
        return Audience.of(all);
    }

    private static CompletionStage<Done> nothing() {
        return CompletableFuture.completedStage(Done.getInstance());
    }

    private List<Jid> without(List<Jid> devices) {
        return devices.stream().filter(device -> !isSelf(device)).toList();
    }

    private boolean isSelf(Jid device) {
        return device.equals(ports.pn()) || device.equals(ports.lid());
    }

    /// For every device that has, or can be given, a session.
    CompletionStage<List<Draft.Part>> encrypted(List<Jid> devices, Bytes plaintext) {
        if (devices.isEmpty()) {
            return CompletableFuture.completedStage(List.of());
        }
        return ports.encryption().seal(devices, plaintext).thenCompose(results -> {
            List<Jid> missing = results.stream()
                    .filter(ForDevice.NoSession.class::isInstance)
                    .map(ForDevice::device)
                    .toList();
            List<Draft.Part> parts = parts(results);
            if (missing.isEmpty()) {
                return CompletableFuture.completedStage(parts);
            }
            return ports.contacts()
                    .bundles(missing)
                    .thenCompose(bundles -> ports.encryption().install(bundles))
                    .thenCompose(installed -> ports.encryption().seal(installed, plaintext))
                    .thenApply(more -> {
                        List<Draft.Part> all = new ArrayList<>(parts);
                        all.addAll(parts(more));
                        return all;
                    });
        });
    }

    private static List<Draft.Part> parts(List<ForDevice> results) {
        List<Draft.Part> parts = new ArrayList<>();
        for (ForDevice result : results) {
            if (result instanceof ForDevice.Ciphertext(var device, var preKey, var bytes)) {
                parts.add(new Draft.Part(device, preKey ? EncType.PRE_KEY : EncType.WHISPER, bytes));
            }
        }
        return parts;
    }

    private CompletionStage<Ready> group(Intent intent, Jid chat, Message message) {
        return ports.contacts().group(chat, false).thenCompose(group -> {
            Jid self = group.lidAddressed() ? ports.self() : ports.pn();
            Set<Jid> users = new LinkedHashSet<>();
            group.members().forEach(member -> users.add(member.identity().preferred()));
            users.add(ports.self().bare());
            return ports.contacts()
                    .devices(users, false)
                    .thenCompose(devices -> ports.encryption()
                            .sealForGroup(chat, self, padded(message))
                            .thenCompose(ciphertext -> distribute(chat, ciphertext, devices)
                                    .thenApply(parts -> ready(intent, group, message, ciphertext, devices, parts))));
        });
    }

    private CompletionStage<List<Draft.Part>> distribute(
            Jid chat, GroupCiphertext ciphertext, Map<Jid, List<Jid>> devices) {
        return ports.contacts().holders(chat, ciphertext.keyId()).thenCompose(holders -> {
            List<Jid> targets = devices.values().stream()
                    .flatMap(Collection::stream)
                    .filter(device -> !isSelf(device) && !holders.contains(device))
                    .distinct()
                    .toList();
            return encrypted(targets, padded(distribution(chat, ciphertext)));
        });
    }

    static Message distribution(Jid chat, GroupCiphertext ciphertext) {
        return Message.newBuilder()
                .setSenderKeyDistributionMessage(SenderKeyDistributionMessage.newBuilder()
                        .setGroupId(chat.toString())
                        .setAxolotlSenderKeyDistributionMessage(
                                ByteString.copyFrom(ciphertext.distribution().unsafeArray())))
                .build();
    }

    private Ready ready(
            Intent intent,
            Group group,
            Message message,
            GroupCiphertext ciphertext,
            Map<Jid, List<Jid>> devices,
            List<Draft.Part> parts) {
        Set<Jid> all = new LinkedHashSet<>();
        devices.values().forEach(all::addAll);
        all.add(group.lidAddressed() ? ports.self() : ports.pn());
        Audience audience = Audience.of(all);
        Node stanza = Draft.group(
                new MessageId(intent.getMessageId()),
                new Draft.Shared(
                        group.jid(),
                        ciphertext.bytes(),
                        parts,
                        audience.hash(),
                        group.lidAddressed() ? AddressingMode.LID : AddressingMode.PN),
                Traits.of(message),
                ports.contacts().ownDeviceIdentity());
        List<Jid> reached = parts.stream().map(Draft.Part::device).toList();
        Party named = Party.newBuilder().setJid(intent.getChat()).build();
        return new Ready(
                stanza,
                named,
                audience,
                () -> ports.contacts().markHolders(group.jid(), ciphertext.keyId(), reached, true));
    }
}
