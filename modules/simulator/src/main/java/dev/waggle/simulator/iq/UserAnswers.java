package dev.waggle.simulator.iq;

import dev.waggle.address.AddressException;
import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.shape.ParticipantHash;
import dev.waggle.simulator.shape.Replies;
import dev.waggle.wire.node.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `usync`: who exists, under which LID, with which devices.
final class UserAnswers {
    private final Registry registry;
    private final Map<User, Set<User>> askedBy = new HashMap<>();

    UserAnswers(Registry registry) {
        this.registry = registry;
    }

    Node answer(Device from, Node iq) {
        Node usync = iq.requireChild("usync");
        List<Node> protocols = usync.requireChild("query").children();
        List<Node> users = new ArrayList<>();
        for (Node user : usync.requireChild("list").children("user")) {
            users.add(user(from, user, protocols));
        }
        List<Node> results = protocols.stream().map(one -> Node.of(one.tag())).toList();
        return Replies.result(
                iq,
                Node.build("usync")
                        .attr("sid", usync.attr("sid"))
                        .attr("index", usync.attr("index"))
                        .attr("last", usync.attr("last"))
                        .attr("mode", usync.attr("mode"))
                        .attr("context", usync.attr("context"))
                        .content(
                                Node.build("result").content(results).done(),
                                Node.build("list").content(users).done())
                        .done());
    }

    private Node user(Device from, Node asked, List<Node> protocols) {
        Jid jid = asked.has("jid") ? asked.requireJid("jid").bare() : phone(asked);
        User user = jid == null ? null : registry.directory().user(jid);
        if (user != null) {
            askedBy.computeIfAbsent(user, one -> new LinkedHashSet<>()).add(from.user());
        }
        List<Node> answers = new ArrayList<>();
        for (Node protocol : protocols) {
            Node answer = user == null
                    ? unknown(protocol, asked)
                    : switch (protocol.tag()) {
                        case "devices" -> devices(user, jid);
                        case "lid" -> jid != null && jid.isLid() ? null : lid(user);
                        case "contact" -> contact("in", asked);
                        default -> null;
                    };
            if (answer != null) {
                answers.add(answer);
            }
        }
        return Node.build("user")
                .attr("jid", jid)
                .attr("pn_jid", user != null && jid != null && jid.isLid() ? user.pn() : null)
                .content(answers)
                .done();
    }

    private static @Nullable Jid phone(Node asked) {
        Node contact = asked.child("contact");
        String text = contact == null ? null : contact.text();
        try {
            return text == null ? null : Jid.pn(text.startsWith("+") ? text.substring(1) : text);
        } catch (AddressException e) {
            return null;
        }
    }

    private static @Nullable Node unknown(Node protocol, Node asked) {
        return protocol.is("contact") ? contact("out", asked) : null;
    }

    private static Node contact(String type, Node asked) {
        Node contact = asked.child("contact");
        Node.Builder answer = Node.build("contact").attr("type", type);
        String text = contact == null ? null : contact.text();
        return text == null ? answer.done() : answer.content(text).done();
    }

    private static Node lid(User user) {
        return Node.build("lid").attr("val", user.lid()).done();
    }

    private Node devices(User user, @Nullable Jid like) {
        List<Node> all = new ArrayList<>(deviceList(user, like == null ? user.pn() : like));
        return Node.build("devices").content(all).done();
    }

    private List<Node> deviceList(User user, Jid like) {
        List<Node> devices = new ArrayList<>();
        for (Device device : user.devices()) {
            devices.add(Node.build("device")
                    .attr("id", device.id())
                    .attr("key-index", device.id() == 0 ? null : Integer.toString(device.keyIndex()))
                    .done());
        }
        String hash = ParticipantHash.of(
                user.devices().stream().map(device -> device.like(like)).toList());
        List<Node> parts = new ArrayList<>();
        parts.add(Node.build("device-list").attr("hash", hash).content(devices).done());
        Bytes list = registry.keyIndexList(user);
        if (!list.isEmpty()) {
            parts.add(Node.build("key-index-list")
                    .attr("ts", registry.now())
                    .content(list)
                    .done());
        }
        return parts;
    }

    void changed(User user) {
        Set<User> told = new LinkedHashSet<>(askedBy.getOrDefault(user, Set.of()));
        told.add(user);
        for (User one : told) {
            for (Device device : one.devices()) {
                registry.send(device, update(user));
            }
        }
    }

    private Node update(User user) {
        List<Node> devices = new ArrayList<>();
        for (Device device : user.devices()) {
            devices.add(Node.build("device")
                    .attr("jid", device.pn())
                    .attr("lid", device.lid())
                    .attr("key-index", device.id() == 0 ? null : Integer.toString(device.keyIndex()))
                    .done());
        }
        Bytes list = registry.keyIndexList(user);
        if (!list.isEmpty()) {
            devices.add(Node.build("key-index-list")
                    .attr("ts", registry.now())
                    .content(list)
                    .done());
        }
        String hash = ParticipantHash.of(user.devices().stream().map(Device::pn).toList());
        return Node.build("notification")
                .attr("from", user.pn())
                .attr("lid", user.lid())
                .attr("type", "devices")
                .attr("id", registry.nextId())
                .attr("t", registry.now())
                .content(Node.build("update")
                        .attr("device_hash", hash)
                        .content(devices)
                        .done())
                .done();
    }
}
