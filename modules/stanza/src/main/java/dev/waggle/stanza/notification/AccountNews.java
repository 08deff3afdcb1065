package dev.waggle.stanza.notification;

import dev.waggle.stanza.field.Fields;
import dev.waggle.wire.node.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Reads what concerns the account itself.
final class AccountNews {
    private static final int WRAPPED_BYTES = 80;
    private static final int KEY_BYTES = 32;

    private AccountNews() {}

    static Content linkCode(Node node) {
        Node link = node.requireChild("link_code_companion_reg");
        Node ref = link.child("link_code_pairing_ref");
        if (link.attr("stage", "").equals("refresh_code")) {
            return new Content.LinkCodeRefresh(
                    ref == null ? null : ref.bytes(), Fields.isTrue(link, "force_manual_refresh"));
        }
        return new Content.LinkCodeHello(
                link.requireChild("link_code_pairing_ref").requireBytes(),
                link.requireChild("link_code_pairing_wrapped_primary_ephemeral_pub")
                        .requireBytes(WRAPPED_BYTES),
                link.requireChild("primary_identity_pub").requireBytes(KEY_BYTES));
    }

    static Content accountSync(Node node) {
        Set<String> topics = new HashSet<>();
        node.children().forEach(child -> topics.add(child.tag()));
        Node devices = node.child("devices");
        return new Content.AccountSync(topics, devices == null ? null : own(devices));
    }

    private static Content.OwnDevices own(Node devices) {
        return new Content.OwnDevices(
                devices.attr("dhash"),
                devices.children("device").stream()
                        .map(device -> device.requireJid("jid"))
                        .toList());
    }

    static Content serverSync(Node node) {
        Map<String, Long> collections = new HashMap<>();
        for (Node collection : node.children("collection")) {
            collections.put(collection.require("name"), Fields.number(collection, "version", 0, Long.MAX_VALUE, 0));
        }
        return new Content.ServerSync(collections);
    }
}
