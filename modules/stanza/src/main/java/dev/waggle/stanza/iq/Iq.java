package dev.waggle.stanza.iq;

import dev.waggle.address.Jid;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.util.List;

/// A question to the server.
///
/// @param <A> its answer
public interface Iq<A> {
    /// The stanza, under an id that is unique per connection.
    Node ask(String id);

    /// Reads a reply that is a `result`.
    ///
    /// @throws NodeException when it does not hold the answer
    A answer(Node reply);

    /// Reads a reply of either kind.
    ///
    /// @throws IqException when the server refused
    /// @throws NodeException when the reply does not hold the answer
    default A read(Node reply) {
        if (reply.attr("type", "").equals("error")) {
            throw IqException.of(reply);
        }
        return answer(reply);
    }

    static Node get(String id, String namespace, Jid to, Node... content) {
        return iq(id, "get", namespace, to, List.of(content));
    }

    static Node set(String id, String namespace, Jid to, Node... content) {
        return iq(id, "set", namespace, to, List.of(content));
    }

    private static Node iq(String id, String type, String namespace, Jid to, List<Node> content) {
        return Node.build("iq")
                .attr("id", id)
                .attr("xmlns", namespace)
                .attr("type", type)
                .attr("to", to)
                .content(content)
                .done();
    }
}
