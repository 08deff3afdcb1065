package dev.waggle.simulator.iq;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.shape.Replies;
import dev.waggle.wire.node.Node;
import java.util.ArrayList;
import java.util.List;

/// The small questions: properties, block list, privacy, media hosts, ping, dirty bits.
final class SettingsAnswers {
    private static final List<String> PRIVACY =
            List.of("readreceipts", "last", "online", "profile", "status", "groupadd", "calladd", "messages");
    private static final int TTL = 3_600;

    private final Registry registry;

    SettingsAnswers(Registry registry) {
        this.registry = registry;
    }

    Node answer(Device from, Node iq) {
        return switch (iq.attr("xmlns", "")) {
            case "abt", "w" -> Replies.result(iq, props());
            case "blocklist" ->
                Replies.result(iq, Node.build("list").attr("dhash", "0").done());
            case "privacy" -> privacy(from, iq);
            case "w:m" -> Replies.result(iq, mediaConnection(from));
            default -> Replies.result(iq);
        };
    }

    private Node props() {
        return Node.build("props")
                .attr("protocol", 1)
                .attr("ab_key", "0")
                .attr("hash", "0")
                .attr("refresh", 86_400)
                .done();
    }

    private Node mediaConnection(Device from) {
        List<Node> hosts = new ArrayList<>();
        for (String name : registry.media().hosts()) {
            hosts.add(Node.build("host")
                    .attr("hostname", name)
                    .attr("type", hosts.isEmpty() ? "primary" : "fallback")
                    .done());
        }
        return Node.build("media_conn")
                .attr("auth", registry.media().authorise(from.pn()))
                .attr("ttl", TTL)
                .attr("auth_ttl", TTL)
                .attr("max_buckets", 12)
                .content(hosts)
                .done();
    }

    private Node privacy(Device from, Node iq) {
        Node tokens = iq.child("tokens");
        if (tokens != null) {
            tokens.children("token").forEach(token -> forward(from, token));
            return Replies.result(iq);
        }
        List<Node> categories = new ArrayList<>();
        for (String name : PRIVACY) {
            categories.add(Node.build("category")
                    .attr("name", name)
                    .attr("value", "all")
                    .done());
        }
        return Replies.result(iq, Node.build("privacy").content(categories).done());
    }

    /// A trusted-contact token: the addressee's devices learn it. Its bytes follow from who gave it and when.
    private void forward(Device from, Node token) {
        User to = registry.directory().user(token.requireJid("jid"));
        if (to == null || to == from.user()) {
            return;
        }
        Bytes value = Bytes.utf8("tc:" + from.user().lid().user() + ':' + token.attr("t", "0"));
        Node copy = Node.build("token")
                .attr("jid", token.requireJid("jid"))
                .attr("type", token.attr("type", "trusted_contact"))
                .attr("t", token.attr("t", "0"))
                .content(value)
                .done();
        for (Device device : to.devices()) {
            Jid sender = from.user().pn();
            registry.send(
                    device,
                    Node.build("notification")
                            .attr("from", sender)
                            .attr("sender_lid", from.user().lid())
                            .attr("type", "privacy_token")
                            .attr("id", registry.nextId())
                            .attr("t", registry.now())
                            .content(Node.of("tokens", copy))
                            .done());
        }
    }
}
