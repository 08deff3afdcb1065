package dev.waggle.stanza.iq;

import dev.waggle.address.Jid;
import dev.waggle.wire.node.Node;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks for the server's switches (A/B properties).
///
/// @param hash of the set that we hold; the server then sends what changed
public record QueryProps(@Nullable String hash) implements Iq<QueryProps.Props> {
    /// @param values by property code or name
    /// @param delta the values replace only those of the same name
    public record Props(@Nullable String hash, boolean delta, Map<String, String> values) {
        public Props {
            values = Map.copyOf(values);
        }
    }

    @Override
    public Node ask(String id) {
        Node props = Node.build("props").attr("protocol", 1).attr("hash", hash).done();
        return Iq.get(id, "abt", Jid.SERVER, props);
    }

    @Override
    public Props answer(Node reply) {
        Node props = reply.child("props");
        if (props == null) {
            return new Props(null, true, Map.of());
        }
        Map<String, String> values = new HashMap<>();
        for (Node prop : props.children("prop")) {
            String name = prop.attr("config_code", prop.attr("name", ""));
            String value = prop.attr("config_value", prop.attr("value", ""));
            if (!name.isEmpty()) {
                values.put(name, value);
            }
        }
        return new Props(props.attr("hash"), props.attr("delta_update", "").equals("true"), values);
    }
}
