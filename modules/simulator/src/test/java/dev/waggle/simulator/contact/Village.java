package dev.waggle.simulator.contact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Jid;
import dev.waggle.simulator.check.StrictInspector;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.Directory;
import dev.waggle.simulator.directory.Group;
import dev.waggle.simulator.directory.Groups;
import dev.waggle.simulator.directory.PreKeyServer;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.exchange.DeviceLink;
import dev.waggle.simulator.media.MediaShelf;
import dev.waggle.simulator.report.Report;
import dev.waggle.wire.node.Node;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Consumer;

/// A server of a few lines with the strict inspector in front: what is sent waits until [#settle()].
final class Village {
    final Directory directory = new Directory(1_000);
    final Groups groups = new Groups(10);
    final PreKeyServer preKeys = new PreKeyServer(1_000);
    final Report report = new Report(100_000);
    final StrictInspector inspector = new StrictInspector(directory, groups, report, 1 << 18, (device, rule) -> false);
    final SecureRandom random = new SecureRandom();
    final ContactBook book = new ContactBook(
            new Neighbourhood(
                    directory,
                    groups,
                    preKeys,
                    new MediaShelf(random),
                    () -> 1_700_000_000L,
                    this::attach,
                    this::deliver),
            random);
    final List<Node> passed = new ArrayList<>();
    private final Map<Device, DeviceLink> links = new HashMap<>();
    private final Queue<Runnable> work = new ArrayDeque<>();

    private Consumer<Node> attach(Device device, DeviceLink link) {
        links.put(device, link);
        return stanza -> work.add(() -> take(device, stanza));
    }

    Contact contact(String name) {
        return book.settled(book.add(name));
    }

    Group group(Contact creator, Contact... members) {
        Group group = groups.create(creator.user(), "Village", 1);
        for (Contact member : members) {
            group.put(member.user(), Group.Role.MEMBER);
        }
        return group;
    }

    /// Works until nothing is left, and expects that nobody broke a rule.
    void settle() {
        for (Runnable step = work.poll(); step != null; step = work.poll()) {
            step.run();
        }
        assertThat(report.snapshot().violations()).isEmpty();
        assertThat(report.snapshot().reusedCounters()).isEmpty();
    }

    long passed(String tag, String type) {
        return passed.stream()
                .filter(node -> node.is(tag) && node.attr("type", "").equals(type))
                .count();
    }

    private void take(Device from, Node stanza) {
        inspector.stanza(from, stanza);
        passed.add(stanza);
        switch (stanza.tag()) {
            case "message" -> message(from, stanza);
            case "receipt" -> receipt(from, stanza);
            default -> {}
        }
    }

    private void message(Device from, Node message) {
        Map<Device, List<Node>> encs = new HashMap<>();
        Node participants = message.child("participants");
        for (Node to : participants == null ? List.<Node>of() : participants.children("to")) {
            encs.computeIfAbsent(device(to.requireJid("jid")), d -> new ArrayList<>())
                    .addAll(to.children("enc"));
        }
        Jid to = message.requireJid("to");
        for (Device device : addressed(from, message, to, encs)) {
            encs.computeIfAbsent(device, d -> new ArrayList<>()).addAll(message.children("enc"));
        }
        encs.forEach((device, content) -> deliver(device, copy(from, message, to, device, content)));
    }

    private List<Device> addressed(Device from, Node message, Jid to, Map<Device, List<Node>> encs) {
        if (message.has("participant")) {
            return List.of(device(message.requireJid("participant")));
        }
        if (to.isGroup()) {
            return groupOf(to).members().stream()
                    .flatMap(user -> user.devices().stream())
                    .filter(device -> device != from)
                    .toList();
        }
        return encs.isEmpty() ? List.of(device(to)) : List.of();
    }

    private Group groupOf(Jid id) {
        return Objects.requireNonNull(groups.group(id));
    }

    Device device(Jid jid) {
        return Objects.requireNonNull(directory.device(jid));
    }

    private static Node copy(Device from, Node message, Jid to, Device device, List<Node> encs) {
        boolean own = device.user().equals(from.user()) && !to.isGroup();
        return Node.build("message")
                .attr("id", message.require("id"))
                .attr("type", message.require("type"))
                .attr("t", 1_700_000_000L)
                .attr("from", to.isGroup() ? to : from.lid())
                .attr("participant", to.isGroup() ? from.lid() : null)
                .attr("recipient", own ? to.bare() : null)
                .content(encs)
                .done();
    }

    private void receipt(Device from, Node receipt) {
        Jid to = receipt.requireJid("to");
        Jid author = receipt.has("participant") ? receipt.requireJid("participant") : to;
        boolean one = receipt.attr("type", "").equals("retry");
        Node copy = Node.build("receipt")
                .attr("id", receipt.require("id"))
                .attr("type", receipt.attr("type"))
                .attr("from", to.isGroup() ? to : from.lid())
                .attr("participant", to.isGroup() ? from.lid() : null)
                .content(receipt.children())
                .done();
        User user = Objects.requireNonNull(directory.user(author));
        (one ? List.of(device(author)) : user.devices()).forEach(device -> deliver(device, copy));
    }

    /// Hands a stanza to a device later, like everything else.
    void deliver(Device device, Node stanza) {
        DeviceLink link = links.get(device);
        if (link != null) {
            work.add(() -> link.deliver(stanza));
        }
    }
}
