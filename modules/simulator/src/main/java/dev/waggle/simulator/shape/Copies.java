package dev.waggle.simulator.shape;

import dev.waggle.address.Jid;
import dev.waggle.simulator.directory.Device;
import dev.waggle.wire.node.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The copy of a message that one device gets.
public final class Copies {
    /// What is for the server alone, or is placed by hand.
    private static final Set<String> SERVER_ONLY =
            Set.of("participants", "enc", "device-identity", "tctoken", "cstoken", "plaintext");

    private Copies() {}

    /// For a device of the addressee: `from` is the sending device in the domain that the message was addressed in,
    /// with the other name beside it.
    public static Node direct(Node message, Device sender, List<Node> encs, long t) {
        Jid to = message.requireJid("to");
        Node.Builder copy = head(message, sender, t).attr("from", sender.like(to));
        if (to.isLid()) {
            copy.attr("sender_pn", sender.user().pn());
        } else {
            copy.attr("sender_lid", sender.user().lid());
        }
        return copy.content(body(message, encs)).done();
    }

    /// For another device of the sender: `recipient` is the chat that it was sent to, with its other name beside
    /// it; null for a stanza between own devices.
    public static Node own(
            Node message, Device sender, @Nullable Jid recipient, @Nullable Jid otherName, List<Node> encs, long t) {
        Jid to = message.requireJid("to");
        boolean lid = recipient != null && recipient.isLid();
        return head(message, sender, t)
                .attr("from", sender.like(to))
                .attr("recipient", recipient)
                .attr(lid ? "peer_recipient_pn" : "peer_recipient_lid", otherName)
                .content(body(message, encs))
                .done();
    }

    /// For a member of a LID-addressed group, or a reader of a status.
    public static Node group(Node message, Device sender, List<Node> encs, long t) {
        return head(message, sender, t)
                .attr("from", message.requireJid("to"))
                .attr("participant", sender.lid())
                .attr("participant_pn", sender.user().pn())
                .attr("addressing_mode", "lid")
                .content(body(message, encs))
                .done();
    }

    private static Node.Builder head(Node message, Device sender, long t) {
        return Node.build("message")
                .attr("id", message.require("id"))
                .attr("type", message.attr("type", "text"))
                .attr("t", t)
                .attr("notify", sender.user().pushName())
                .attr("edit", message.attr("edit"))
                .attr("category", message.attr("category"))
                .attr("expiration", message.attr("expiration"));
    }

    private static List<Node> body(Node message, List<Node> encs) {
        List<Node> body = new ArrayList<>(encs);
        Node identity = message.child("device-identity");
        if (identity != null
                && encs.stream().anyMatch(enc -> enc.attr("type", "").equals("pkmsg"))) {
            body.add(identity);
        }
        for (Node child : message.children()) {
            if (!SERVER_ONLY.contains(child.tag())) {
                body.add(child);
            }
        }
        return body;
    }
}
