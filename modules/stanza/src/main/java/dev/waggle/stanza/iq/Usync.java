package dev.waggle.stanza.iq;

import dev.waggle.address.Jid;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.util.List;

/// The frame that all look-ups of users share: which protocols are asked, of whom.
final class Usync {
    private Usync() {}

    static Node ask(String id, String context, List<Node> protocols, List<Node> users) {
        Node usync = Node.build("usync")
                .attr("sid", id)
                .attr("mode", "query")
                .attr("last", "true")
                .attr("index", 0)
                .attr("context", context)
                .content(
                        Node.build("query").content(protocols).done(),
                        Node.build("list").content(users).done())
                .done();
        return Iq.get(id, "usync", Jid.SERVER, usync);
    }

    /// @throws NodeException when the reply has no list
    static List<Node> users(Node reply) {
        return reply.requireChild("usync").requireChild("list").children("user");
    }
}
