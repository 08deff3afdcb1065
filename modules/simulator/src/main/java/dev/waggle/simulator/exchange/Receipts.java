package dev.waggle.simulator.exchange;

import dev.waggle.address.Jid;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.shape.Replies;
import dev.waggle.wire.node.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes receipts: what they confirm leaves the device's queue, the sender of the message learns of it, the device
/// gets an ack. A retry receipt confirms nothing (the ack that follows it does) and goes to the one device that
/// sent the message.
final class Receipts {
    /// Between devices of one user, or of no interest to the sender.
    private static final Set<String> PRIVATE = Set.of("peer_msg", "hist_sync", "server-error");

    private static final Set<String> OWN = Set.of("read-self", "played-self");

    private final Exchange exchange;

    Receipts(Exchange exchange) {
        this.exchange = exchange;
    }

    void accept(Device from, Node receipt) {
        String type = receipt.attr("type", "");
        Jid to = receipt.requireJid("to");
        if (!type.equals("retry")) {
            ids(receipt).forEach(id -> exchange.line(from).confirm("message", id, to));
        }
        exchange.line(from).sendNow(Replies.acked(receipt));
        exchange.report().add("receipts", 1);
        if (from != from.user().device(0)) {
            // A phone takes its own copies, whatever becomes of the devices that are linked to it.
            exchange.report().add("linkedReceipts", 1);
        }
        if (type.equals("server-error")) {
            phone(from, receipt);
        }
        if (!PRIVATE.contains(type)) {
            Node copy = copy(from, receipt, type, to);
            for (Device device : readers(from, receipt, type, to)) {
                if (device != from) {
                    exchange.line(device).send(copy);
                }
            }
        }
    }

    /// A companion asks its own phone for a file that the hosts do not have any more.
    private void phone(Device from, Node receipt) {
        Device phone = from.user().device(0);
        if (phone != null && phone != from) {
            exchange.line(phone)
                    .send(copy(from, receipt, "server-error", from.user().pn()));
        }
    }

    private static List<String> ids(Node receipt) {
        List<String> ids = new ArrayList<>();
        ids.add(receipt.require("id"));
        Node list = receipt.child("list");
        if (list != null) {
            list.children("item").forEach(item -> ids.add(item.require("id")));
        }
        return ids;
    }

    private Collection<Device> readers(Device from, Node receipt, String type, Jid to) {
        if (OWN.contains(type)) {
            return from.user().devices();
        }
        Jid author = receipt.jid("participant");
        Jid wanted = author != null ? author : to;
        if (type.equals("retry") || type.equals("sender")) {
            return one(exchange.directory().device(wanted));
        }
        User user = exchange.directory().user(wanted);
        return user == null ? List.of() : user.devices();
    }

    private static List<Device> one(@Nullable Device device) {
        return device == null ? List.of() : List.of(device);
    }

    private Node copy(Device from, Node receipt, String type, Jid to) {
        boolean user = to.isUser();
        Node.Builder copy = Node.build("receipt")
                .attr("id", receipt.require("id"))
                .attr("from", user ? from.like(to) : to)
                .attr("type", shown(type))
                .attr("t", exchange.now());
        if (!user) {
            Jid author = receipt.jid("participant");
            copy.attr("participant", author == null ? from.lid() : from.like(author));
        }
        Jid chat = OWN.contains(type) && user ? to.bare() : receipt.jid("recipient");
        return copy.attr("recipient", chat).content(receipt.children()).done();
    }

    /// That the reader's client is in the background is not the sender's business.
    private static @Nullable String shown(String type) {
        return type.isEmpty() || type.equals("inactive") ? null : type;
    }
}
