package dev.waggle.stanza.notification;

import dev.waggle.address.Jid;
import dev.waggle.stanza.field.Fields;
import dev.waggle.wire.node.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Reads what concerns keys and devices of users.
final class KeyNews {
    private KeyNews() {}

    static Content encrypt(Node node) {
        Node count = node.child("count");
        if (count != null) {
            count.require("value");
            return new Content.PreKeysLow(Fields.count(count, "value", 0));
        }
        return node.child("identity") == null
                ? new Content.Other(node)
                : new Content.IdentityChanged(node.requireJid("from"), node.jid("lid"));
    }

    static Content devices(Node node) {
        List<DeviceChange> changes = new ArrayList<>();
        for (Node child : node.children()) {
            switch (child.tag()) {
                case "add" -> changes.add(change(DeviceChange.Kind.ADD, child));
                case "remove" -> changes.add(change(DeviceChange.Kind.REMOVE, child));
                case "update" -> changes.add(change(DeviceChange.Kind.UPDATE, child));
                default -> {}
            }
        }
        return new Content.DevicesChanged(node.requireJid("from").bare(), node.jid("lid"), changes);
    }

    private static DeviceChange change(DeviceChange.Kind kind, Node node) {
        List<Node> devices = node.children("device");
        Node indexes = node.child("key-index-list");
        String hash = node.attr("device_hash");
        return new DeviceChange(
                kind,
                hash == null ? node.attr("hash") : hash,
                devices.stream().map(device -> device.requireJid("jid")).toList(),
                devices.stream()
                        .map(device -> device.jid("lid"))
                        .filter(Objects::nonNull)
                        .map(Jid.class::cast)
                        .toList(),
                indexes == null ? null : indexes.bytes());
    }

    static Content tokens(Node node) {
        List<Content.Token> tokens = new ArrayList<>();
        for (Node token : node.requireChild("tokens").children("token")) {
            if (token.attr("type", "").equals("trusted_contact")) {
                tokens.add(new Content.Token(token.requireBytes(), Fields.requireTime(token, "t")));
            }
        }
        return new Content.PrivacyTokens(node.requireJid("from").bare(), node.jid("sender_lid"), tokens);
    }
}
