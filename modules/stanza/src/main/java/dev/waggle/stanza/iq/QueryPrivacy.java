package dev.waggle.stanza.iq;

import dev.waggle.address.Jid;
import dev.waggle.wire.node.Node;
import java.util.HashMap;
import java.util.Map;

/// Asks for the account's privacy settings: category to value, both as the wire spells them.
public record QueryPrivacy() implements Iq<Map<String, String>> {
    @Override
    public Node ask(String id) {
        return Iq.get(id, "privacy", Jid.SERVER, Node.of("privacy"));
    }

    @Override
    public Map<String, String> answer(Node reply) {
        Map<String, String> settings = new HashMap<>();
        Node privacy = reply.child("privacy");
        if (privacy != null) {
            for (Node category : privacy.children("category")) {
                settings.put(category.require("name"), category.require("value"));
            }
        }
        return Map.copyOf(settings);
    }
}
