package dev.waggle.stanza.iq;

import dev.waggle.address.Jid;
import dev.waggle.stanza.field.Fields;
import dev.waggle.stanza.keys.KeyBundle;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Asks for the keys of devices that we have no session with. The server spends a one-time key for each.
///
/// @param devices 1 to [#DEVICES_MAX], each with its device number
/// @param identity says that the devices' identities are wanted too, which official clients say when re-keying
public record FetchPreKeyBundles(List<Jid> devices, boolean identity)
        implements Iq<Map<Jid, FetchPreKeyBundles.Answer>> {
    public static final int DEVICES_MAX = 512;

    /// What the server has for one device.
    public sealed interface Answer {
        record Bundle(KeyBundle keys) implements Answer {}

        /// 404: no such device; 406: the device list that we asked by is old.
        record Refused(int code, String text) implements Answer {}

        /// Not a bundle; the others are not affected.
        record Malformed(String why) implements Answer {}
    }

    public FetchPreKeyBundles {
        devices = List.copyOf(devices);
        if (devices.isEmpty() || devices.size() > DEVICES_MAX) {
            throw new IllegalArgumentException("devices: " + devices.size() + " (expected: 1.." + DEVICES_MAX + ")");
        }
    }

    @Override
    public Node ask(String id) {
        Node[] users = devices.stream()
                .map(device -> Node.build("user")
                        .attr("jid", device)
                        .attr("reason", identity ? "identity" : null)
                        .done())
                .toArray(Node[]::new);
        return Iq.get(id, "encrypt", Jid.SERVER, Node.of("key", users));
    }

    @Override
    public Map<Jid, Answer> answer(Node reply) {
        Map<Jid, Answer> answers = new LinkedHashMap<>();
        for (Node user : reply.requireChild("list").children("user")) {
            answers.put(user.requireJid("jid"), one(user));
        }
        return answers;
    }

    private static Answer one(Node user) {
        try {
            Node error = user.child("error");
            return error == null
                    ? new Answer.Bundle(KeyBundle.read(user))
                    : new Answer.Refused(Fields.count(error, "code", 0), error.attr("text", ""));
        } catch (NodeException e) {
            return new Answer.Malformed(String.valueOf(e.getMessage()));
        }
    }
}
