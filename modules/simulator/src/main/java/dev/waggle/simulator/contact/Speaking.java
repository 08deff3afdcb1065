package dev.waggle.simulator.contact;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.simulator.check.ParticipantHash;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.Group;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.exchange.ContactException;
import dev.waggle.simulator.exchange.Contacts.FileToSend;
import dev.waggle.wire.node.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writing: for every device of a user and of the own user, or under a sender key to a group; and once more for a
/// device that asked again. Remembers the latest 20,000 messages for that.
final class Speaking {
    private static final int TEXT_MAX = 65_536;
    private static final int SENT_MAX = 20_000;

    private final Desk desk;
    private final Map<String, Sent> sent = new Recent<>(SENT_MAX);
    private final Map<Jid, OwnSenderKey> senderKeys = new HashMap<>();
    private int toSpoil;

    /// A message that went out. `chat` is a user by LID or a group; `media` is how the wire calls its file, null
    /// for a text.
    private record Sent(Jid chat, Bytes message, @Nullable String media) {
        String type() {
            return media == null ? "text" : "media";
        }
    }

    Speaking(Desk desk) {
        this.desk = desk;
    }

    /// The next ciphertexts of so many messages will be unreadable.
    void spoil(int messages) {
        toSpoil = messages;
    }

    String say(Jid to, String text) {
        if (text.isEmpty() || text.length() > TEXT_MAX) {
            throw new ContactException("text", text.length() + " characters", "1.." + TEXT_MAX);
        }
        String id = newId();
        Jid chat = send(id, to, new Sent(desk.hood.chat(to), Content.text(text), null));
        desk.log.add(id, chat, desk.device.lid(), true, desk.hood.now().getAsLong(), "text", text, null);
        return id;
    }

    String send(Jid to, FileToSend file) {
        String id = newId();
        String media = switch (file.type()) {
            case "voice" -> "ptt";
            case "link" -> "url";
            default -> file.type();
        };
        Jid chat = send(id, to, new Sent(desk.hood.chat(to), desk.files.sent(id, file), media));
        desk.log.add(
                id,
                chat,
                desk.device.lid(),
                true,
                desk.hood.now().getAsLong(),
                file.type().equals("link") ? "text" : file.type(),
                file.caption(),
                null);
        return id;
    }

    private Jid send(String id, Jid to, Sent message) {
        if (to.isGroup()) {
            toGroup(groupOf(to), id, message);
        } else {
            toUser(userOf(to), id, message);
        }
        sent.put(id, message);
        return message.chat();
    }

    private String newId() {
        byte[] drawn = new byte[16];
        desk.random.nextBytes(drawn);
        return Bytes.wrap(drawn).toHex().toUpperCase(Locale.ROOT);
    }

    private User userOf(Jid to) {
        @Nullable User user = desk.hood.directory().user(to);
        if (user == null) {
            throw new ContactException("to", to.toString(), "a known user or group");
        }
        return user;
    }

    private Group groupOf(Jid to) {
        @Nullable Group group = desk.hood.groups().group(to);
        if (group == null || !group.has(desk.device.user())) {
            throw new ContactException("to", to.toString(), "a group that the contact is a member of");
        }
        return group;
    }

    private void toUser(User user, String id, Sent sending) {
        Bytes message = sending.message();
        boolean spoiled = takeSpoiled();
        List<Node> copies = new ArrayList<>();
        for (Device device : others(user)) {
            copy(device, message, spoiled, sending.media(), copies);
        }
        if (!user.equals(desk.device.user())) {
            Bytes ownCopy = Content.sentCopy(user.lid(), message);
            others(desk.device.user()).forEach(device -> copy(device, ownCopy, spoiled, sending.media(), copies));
        }
        desk.submit(Node.build("message")
                .attr("to", user.lid())
                .attr("id", id)
                .attr("type", sending.type())
                .content(Node.build("participants").content(copies).done())
                .done());
    }

    private List<Device> others(User user) {
        return user.devices().stream().filter(device -> device != desk.device).toList();
    }

    private boolean takeSpoiled() {
        boolean spoiled = toSpoil > 0;
        toSpoil -= spoiled ? 1 : 0;
        return spoiled;
    }

    private void copy(Device device, Bytes message, boolean spoiled, @Nullable String media, List<Node> copies) {
        if (desk.ready(device)) {
            Cipher cipher = desk.signal.encrypt(device.pn(), message);
            copies.add(Node.build("to")
                    .attr("jid", device.lid())
                    .content(enc(spoiled ? cipher.spoiled() : cipher, 0, media))
                    .done());
        }
    }

    private static Node enc(Cipher cipher, long count, @Nullable String media) {
        Node.Builder enc =
                Node.build("enc").attr("v", "2").attr("type", cipher.type()).attr("mediatype", media);
        return (count > 0 ? enc.attr("count", count) : enc)
                .content(cipher.bytes())
                .done();
    }

    private void toGroup(Group group, String id, Sent sending) {
        List<Device> all = new ArrayList<>();
        group.members().forEach(member -> all.addAll(others(member)));
        OwnSenderKey key = senderKey(group.id());
        key.audience(all.stream().map(Device::pn).toList());
        Bytes distribution = Content.senderKey(group.id(), key.distribution());
        List<Node> copies = new ArrayList<>();
        for (Device device : all) {
            if (!key.heldBy(device.pn())) {
                copy(device, distribution, false, null, copies);
                key.given(device.pn());
            }
        }
        Cipher cipher = key.encrypt(sending.message());
        List<Node> content = new ArrayList<>();
        if (!copies.isEmpty()) {
            content.add(Node.build("participants").content(copies).done());
        }
        content.add(enc(takeSpoiled() ? cipher.spoiled() : cipher, 0, sending.media()));
        desk.submit(Node.build("message")
                .attr("to", group.id())
                .attr("id", id)
                .attr("type", sending.type())
                .attr("addressing_mode", "lid")
                .attr("phash", phash(all))
                .content(content)
                .done());
    }

    private String phash(List<Device> others) {
        List<Jid> names = new ArrayList<>(others.stream().map(Device::lid).toList());
        names.add(desk.device.lid());
        return ParticipantHash.of(names);
    }

    private OwnSenderKey senderKey(Jid group) {
        return senderKeys.computeIfAbsent(group, g -> new OwnSenderKey(desk.random));
    }

    /// Sends a remembered message again, to one device only. Nothing happens when it is not remembered, or when the
    /// device may not read it.
    ///
    /// @param count which retry this answers
    void sayAgain(String id, Device device, long count) {
        @Nullable Sent known = sent.get(id);
        if (known == null || !mayRead(known.chat(), device.user()) || !desk.ready(device)) {
            return;
        }
        boolean group = known.chat().isGroup();
        Cipher cipher = desk.signal.encrypt(device.pn(), contentAgain(known, device.user()));
        Node.Builder message = Node.build("message")
                .attr("to", group ? known.chat() : device.lid())
                .attr("id", id)
                .attr("type", known.type());
        if (group) {
            message.attr("participant", device.lid()).attr("addressing_mode", "lid");
        } else {
            message.attr("device_fanout", "false");
        }
        boolean own = device.user().equals(desk.device.user()) && !group;
        message.attr("recipient", own ? known.chat() : null);
        desk.submit(message.content(enc(cipher, count, known.media())).done());
    }

    private Bytes contentAgain(Sent known, User reader) {
        if (known.chat().isGroup()) {
            return Content.withKey(known.chat(), senderKey(known.chat()).distribution(), known.message());
        }
        return reader.equals(desk.device.user()) ? Content.sentCopy(known.chat(), known.message()) : known.message();
    }

    private boolean mayRead(Jid chat, User reader) {
        @Nullable Group group = desk.hood.groups().group(chat);
        return chat.isGroup()
                ? group != null && group.has(reader)
                : reader.lid().equals(chat) || reader.equals(desk.device.user());
    }
}
