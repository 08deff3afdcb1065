package dev.waggle.simulator.exchange;

import dev.waggle.address.Jid;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.Group;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.fault.Fault;
import dev.waggle.simulator.fault.Fault.Kind;
import dev.waggle.simulator.shape.Copies;
import dev.waggle.simulator.shape.ParticipantHash;
import dev.waggle.simulator.shape.Replies;
import dev.waggle.wire.node.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Takes messages: one copy for each device that it holds a ciphertext for, then the ack to the sender. A message
/// that was acked is in every queue that it is meant for.
final class Messages {
    private static final int MALFORMED = 479;

    private final Exchange exchange;

    Messages(Exchange exchange) {
        this.exchange = exchange;
    }

    void accept(Device from, Node message) {
        Optional<Fault> nack = exchange.faults().strike(Kind.NACK, from);
        if (nack.isPresent()) {
            int code = nack.get().code() == 0 ? MALFORMED : nack.get().code();
            exchange.report().add("nacked", 1);
            exchange.line(from).sendNow(Replies.refused(message, code));
            return;
        }
        Jid to = message.jid("to");
        if (to == null || !message.has("id")) {
            refuse(from, message, MALFORMED, "message-shape", "to and id");
        } else if (to.isGroup()) {
            group(from, message, to);
        } else if (to.isStatus()) {
            status(from, message);
        } else {
            user(from, message, to);
        }
    }

    private void refuse(Device from, Node message, int code, String rule, String expected) {
        exchange.report().violation(rule, from.pn(), code + " (expected: " + expected + ")");
        exchange.report().add("refused", 1);
        exchange.line(from).sendNow(Replies.refused(message, code));
    }

    private void user(Device from, Node message, Jid to) {
        User peer = exchange.directory().user(to);
        if (peer == null) {
            refuse(from, message, 404, "addressee", "a user of this server");
            return;
        }
        Node direct = message.child("enc");
        boolean single =
                direct != null && (to.device() != 0 || message.child("participants") == null || isResend(message));
        SequencedMap<Device, Node> copies = new LinkedHashMap<>();
        if (single && direct != null) {
            Device one = peer.device(to.device());
            if (one != null) {
                copies.put(one, copy(from, message, one, List.of(direct)));
            }
            resent(from, message);
        } else {
            encs(message).forEach((device, encs) -> {
                if (device != from && (device.user() == peer || device.user() == from.user())) {
                    copies.put(device, copy(from, message, device, encs));
                }
            });
        }
        List<Device> expected = Stream.concat(peer.devices().stream(), from.user().devices().stream())
                .distinct()
                .toList();
        take(from, message, copies, single ? null : phashWhenOther(from, copies, expected, to));
    }

    private static boolean isResend(Node message) {
        return message.attr("device_fanout", "").equals("false");
    }

    private Node copy(Device from, Node message, Device to, List<Node> encs) {
        if (to.user() != from.user()) {
            return Copies.direct(message, from, encs, exchange.now());
        }
        if (message.attr("category", "").equals("peer")) {
            return Copies.own(message, from, null, null, encs, exchange.now());
        }
        Jid recipient = message.has("recipient")
                ? message.requireJid("recipient")
                : message.requireJid("to").bare();
        User peer = exchange.directory().user(recipient);
        Jid otherName = peer == null ? null : recipient.isLid() ? peer.pn() : peer.lid();
        return Copies.own(message, from, recipient, otherName, encs, exchange.now());
    }

    private void group(Device from, Node message, Jid to) {
        Group group = exchange.groups().group(to);
        if (group == null || !group.has(from.user())) {
            refuse(from, message, group == null ? 404 : 403, "group", "a group that the sender is in");
            return;
        }
        SequencedMap<Device, Node> copies = new LinkedHashMap<>();
        Node enc = message.child("enc");
        Jid single = message.jid("participant");
        if (single != null && enc != null) {
            Device one = exchange.directory().device(single);
            if (one != null && group.has(one.user())) {
                copies.put(one, Copies.group(message, from, List.of(enc), exchange.now()));
            }
            resent(from, message);
            take(from, message, copies, null);
            return;
        }
        Map<Device, List<Node>> own = encs(message);
        List<Device> members =
                group.members().stream().flatMap(m -> m.devices().stream()).toList();
        for (Device member : members) {
            List<Node> encs = new ArrayList<>(own.getOrDefault(member, List.of()));
            if (enc != null) {
                encs.add(enc);
            }
            if (member != from && !encs.isEmpty()) {
                copies.put(member, Copies.group(message, from, encs, exchange.now()));
            }
        }
        String actual = ParticipantHash.of(members.stream().map(Device::lid).toList());
        String claimed = message.attr("phash");
        take(from, message, copies, claimed == null || claimed.equals(actual) ? null : actual);
    }

    private void status(Device from, Node message) {
        SequencedMap<Device, Node> copies = new LinkedHashMap<>();
        Node enc = message.child("enc");
        encs(message).forEach((device, own) -> {
            List<Node> encs = new ArrayList<>(own);
            if (enc != null) {
                encs.add(enc);
            }
            if (device != from) {
                copies.put(device, Copies.group(message, from, encs, exchange.now()));
            }
        });
        take(from, message, copies, null);
    }

    /// The ciphertexts of the participants list, by device; those for devices that do not exist are left out.
    private SequencedMap<Device, List<Node>> encs(Node message) {
        SequencedMap<Device, List<Node>> encs = new LinkedHashMap<>();
        Node participants = message.child("participants");
        if (participants != null) {
            for (Node to : participants.children("to")) {
                Device device = exchange.directory().device(to.requireJid("jid"));
                if (device != null) {
                    encs.computeIfAbsent(device, one -> new ArrayList<>(1)).addAll(to.children("enc"));
                }
            }
        }
        return encs;
    }

    private @Nullable String phashWhenOther(Device from, Map<Device, Node> copies, List<Device> expected, Jid to) {
        boolean complete = expected.stream().allMatch(device -> device == from || copies.containsKey(device));
        return complete
                ? null
                : ParticipantHash.of(
                        expected.stream().map(device -> device.like(to)).toList());
    }

    private void resent(Device from, Node message) {
        Node enc = message.child("enc");
        if (enc != null && enc.has("count")) {
            exchange.report().resent(from.pn(), message.require("id"));
        }
    }

    private void take(Device from, Node message, SequencedMap<Device, Node> copies, @Nullable String phash) {
        if (copies.keySet().stream().anyMatch(device -> exchange.line(device).full())) {
            refuse(from, message, 503, "queue", "room in the addressee's queue");
            return;
        }
        String id = message.require("id");
        exchange.report().accepted(from.pn(), id, message.requireJid("to"));
        copies.forEach((device, copy) -> {
            exchange.report().copy(from.pn(), id, device.pn());
            exchange.line(device).send(copy);
        });
        exchange.line(from).sendNow(Replies.accepted(message, exchange.now(), phash));
    }
}
