package dev.waggle.simulator.check;

import dev.waggle.address.Jid;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.Directory;
import dev.waggle.simulator.directory.Group;
import dev.waggle.simulator.directory.Groups;
import dev.waggle.simulator.directory.User;
import dev.waggle.wire.node.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A `message` that a device sends: to a user, to a group, again to one device (`enc count=` directly below it), or
/// to the sender's own devices (`category=peer`).
final class MessageCheck {
    private static final Pattern ID = Pattern.compile("[0-9A-F]{16,64}");
    private static final int PARTICIPANTS_MAX = 10_000;

    private final Directory directory;
    private final Groups groups;
    private final EncCheck encs;

    MessageCheck(Directory directory, Groups groups, EncCheck encs) {
        this.directory = directory;
        this.groups = groups;
        this.encs = encs;
    }

    List<Violation> check(Device from, Node message) {
        Findings found = new Findings();
        found.reading(Rule.MESSAGE_SHAPE, () -> {
            String id = message.require("id");
            found.expect(ID.matcher(id).matches(), Rule.MESSAGE_ID, "id", id, "16..64 upper-case hex digits");
            found.expect(message.has("type"), Rule.MESSAGE_SHAPE, "type", "absent", "an attribute");
            form(from, message, message.requireJid("to"), found);
        });
        return found.all();
    }

    private void form(Device from, Node message, Jid to, Findings found) {
        if (to.isGroup() && !message.has("participant")) {
            group(from, message, to, found);
        } else if (to.isGroup() || to.isUser()) {
            direct(from, message, to, found);
        } else {
            found.expect(
                    message.child("enc") != null
                            || message.child("participants") != null
                            || message.child("plaintext") != null,
                    Rule.MESSAGE_SHAPE,
                    "content",
                    "absent",
                    "enc, participants or plaintext");
        }
        found.reading(Rule.MESSAGE_SHAPE, () -> DeviceIdentityCheck.check(from, message, opensSession(message), found));
    }

    private void direct(Device from, Node message, Jid to, Findings found) {
        List<Node> encs = message.children("enc");
        if ("peer".equals(message.attr("category"))) {
            peer(from, message, to, found);
        } else if (encs.isEmpty() && !to.isGroup()) {
            fanout(from, message, to, found);
        } else {
            resend(from, message, to, found);
        }
    }

    private void peer(Device from, Node message, Jid to, Findings found) {
        boolean own = from.user().equals(directory.user(to));
        found.expect(own, Rule.PARTICIPANT_FOREIGN, "to of a peer message", to, "a device of the sender's user");
        single(from, message, to, found);
    }

    private void resend(Device from, Node message, Jid to, Findings found) {
        Jid device = to.isGroup() ? message.requireJid("participant") : to;
        single(from, message, device, found);
        for (Node enc : message.children("enc")) {
            found.expect(
                    enc.number("count", 0) >= 1,
                    Rule.MESSAGE_SHAPE,
                    "enc.count",
                    enc.attr("count", "absent"),
                    "1 or more");
        }
        found.expect(directory.user(device) != null, Rule.PARTICIPANT_UNKNOWN, "to", device, "a known user");
    }

    private void single(Device from, Node message, Jid device, Findings found) {
        List<Node> direct = message.children("enc");
        found.expect(direct.size() == 1, Rule.MESSAGE_SHAPE, "enc", direct.size(), "one, directly below the message");
        direct.forEach(enc -> encs.pairwise(from, name(device), enc, found));
        Node participants = message.child("participants");
        if (participants != null) {
            found.add(Rule.RESEND_FANOUT, "participants", "present", "absent in a message to one device");
            copies(from, participants, Set.of(), false, false, found);
        }
    }

    private void fanout(Device from, Node message, Jid to, Findings found) {
        @Nullable User recipient = directory.user(to);
        found.expect(recipient != null, Rule.PARTICIPANT_UNKNOWN, "to", to, "a known user");
        Node participants = message.requireChild("participants");
        Set<User> users = new HashSet<>(Set.of(from.user()));
        if (recipient != null) {
            users.add(recipient);
        }
        copies(from, participants, users, true, false, found);
        phash(message, List.of(), found);
    }

    private void group(Device from, Node message, Jid to, Findings found) {
        @Nullable Group group = groups.group(to);
        if (group == null || !group.has(from.user())) {
            found.add(Rule.NOT_MEMBER, "to", to, "a group that the sender is a member of");
            return;
        }
        found.expect(
                message.attr("addressing_mode", "lid").equals("lid"),
                Rule.ADDRESSING_MODE,
                "addressing_mode",
                message.attr("addressing_mode", ""),
                "lid");
        List<Node> direct = message.children("enc");
        found.expect(direct.size() == 1, Rule.MESSAGE_SHAPE, "enc", direct.size(), "one skmsg below the message");
        direct.forEach(enc -> encs.group(from, to, enc, found));
        Node participants = message.child("participants");
        if (participants != null) {
            copies(from, participants, new HashSet<>(group.members()), true, true, found);
        }
        phash(message, devices(group), found);
    }

    private static List<Jid> devices(Group group) {
        List<Jid> all = new ArrayList<>();
        group.members().forEach(user -> user.devices().forEach(device -> all.add(device.lid())));
        return all;
    }

    /// @param devices what the hash must be over; empty = the form is enough
    private static void phash(Node message, List<Jid> devices, Findings found) {
        String phash = message.attr("phash");
        if (phash == null) {
            return;
        }
        if (!ParticipantHash.wellFormed(phash)) {
            found.add(Rule.PHASH_SHAPE, "phash", phash, "2: and 8 characters of base64");
        } else if (!devices.isEmpty()) {
            String expected = ParticipantHash.of(devices);
            found.expect(ParticipantHash.same(phash, expected), Rule.PHASH_MISMATCH, "phash", phash, expected);
        }
    }

    /// The copies for single devices. With `strictly`, each must be for a device of one of the users.
    private void copies(
            Device from, Node participants, Set<User> users, boolean strictly, boolean inGroup, Findings found) {
        List<Node> copies = participants.children("to");
        boolean within = !copies.isEmpty() && copies.size() <= PARTICIPANTS_MAX;
        found.expect(within, Rule.MESSAGE_SHAPE, "participants", copies.size(), "1.." + PARTICIPANTS_MAX);
        Set<Jid> named = new HashSet<>();
        for (Node copy : within ? copies : List.<Node>of()) {
            Jid device = copy.requireJid("jid");
            Jid name = name(device);
            found.expect(named.add(name), Rule.PARTICIPANT_TWICE, "to", device, "each device once");
            if (strictly) {
                belongs(from, device, users, inGroup, found);
            }
            found.expect(copy.children("enc").size() == 1, Rule.ENC_SHAPE, "to/enc", device, "one per device");
            copy.children("enc").forEach(enc -> encs.pairwise(from, name, enc, found));
        }
    }

    /// In a group the list may hold the sending device itself: clients that treat it like any other exist.
    private void belongs(Device from, Jid device, Set<User> users, boolean inGroup, Findings found) {
        @Nullable User user = directory.user(device);
        if (user == null || !everHad(user, device.device())) {
            found.add(Rule.PARTICIPANT_UNKNOWN, "to", device, "a device that exists or did");
        } else if (!users.contains(user) || !inGroup && user.equals(from.user()) && device.device() == from.id()) {
            found.add(Rule.PARTICIPANT_FOREIGN, "to", device, "another device of the chat's members or of the sender");
        }
    }

    /// A sender that has not heard of an unlinking yet breaks no rule.
    private static boolean everHad(User user, int device) {
        return user.device(device) != null || device > 0 && device <= user.lastDevice();
    }

    /// One name per device, whether it was addressed by phone number or by LID.
    private Jid name(Jid device) {
        @Nullable User user = directory.user(device);
        return user == null ? device : user.pn().withDevice(device.device());
    }

    private static boolean opensSession(Node message) {
        List<Node> encs = new ArrayList<>(message.children("enc"));
        Node participants = message.child("participants");
        if (participants != null) {
            participants.children("to").forEach(copy -> encs.addAll(copy.children("enc")));
        }
        return encs.stream().anyMatch(enc -> "pkmsg".equals(enc.attr("type")));
    }
}
