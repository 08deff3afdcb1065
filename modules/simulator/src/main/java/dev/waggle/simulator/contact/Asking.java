package dev.waggle.simulator.contact;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.signal.prekey.PreKeyBundle;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.DeviceKeys;
import dev.waggle.simulator.directory.OneTimeKey;
import dev.waggle.wire.node.Node;
import dev.waggle.wire.node.NodeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Retry receipts in both directions: asking for a message again, at most five times, with keys from the second
/// time on; and answering those who ask us.
final class Asking {
    private static final int COUNT_MAX = 5;
    private static final int KEYS_FROM = 2;
    private static final int REMEMBERED_MAX = 20_000;

    private final Desk desk;
    private final Speaking speaking;
    private final Map<Asked, Integer> asked = new Recent<>(REMEMBERED_MAX);

    private record Asked(Jid device, String id) {}

    Asking(Desk desk, Speaking speaking) {
        this.desk = desk;
        this.speaking = speaking;
    }

    /// Asks the author of a message for it once more; nothing more happens after the fifth time.
    ///
    /// @param reason as in [Opened.Failed]; 0 = not told
    void again(Node message, Jid author, int reason) {
        String id = message.require("id");
        int count = asked.merge(new Asked(author, id), 1, Integer::sum);
        if (count > COUNT_MAX) {
            return;
        }
        List<Node> content = new ArrayList<>();
        content.add(Node.build("retry")
                .attr("count", count)
                .attr("id", id)
                .attr("t", message.attr("t", "0"))
                .attr("v", "1")
                .attr("error", reason == 0 ? null : Integer.toString(reason))
                .done());
        content.add(Node.of("registration", big(desk.signal.local().registrationId(), 4)));
        if (count >= KEYS_FROM) {
            content.add(keys());
        }
        desk.submit(Node.build("receipt")
                .attr("id", id)
                .attr("to", message.requireJid("from"))
                .attr("participant", message.jid("participant"))
                .attr("type", "retry")
                .content(content)
                .done());
    }

    private Node keys() {
        DeviceKeys keys = desk.signal.publicKeys();
        OneTimeKey oneTime = desk.signal.mint(1).getFirst();
        return Node.of(
                "keys",
                Node.of("type", Bytes.of((byte) 5)),
                Node.of("identity", keys.identityKey()),
                Node.of("key", Node.of("id", big(oneTime.id(), 3)), Node.of("value", oneTime.key())),
                Node.of(
                        "skey",
                        Node.of("id", big(keys.signedKey().id(), 3)),
                        Node.of("value", keys.signedKey().key()),
                        Node.of("signature", keys.signedKey().signature())));
    }

    private static Bytes big(int value, int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (value >>> 8 * (size - 1 - i));
        }
        return Bytes.wrap(bytes);
    }

    /// Another device asks for a message of ours.
    void asked(Node receipt) {
        Jid from = receipt.has("participant") ? receipt.requireJid("participant") : receipt.requireJid("from");
        @Nullable Device device = desk.hood.directory().device(from);
        long count = receipt.requireChild("retry").number("count", 1);
        if (device == null || count < 1 || count > COUNT_MAX) {
            return;
        }
        Node keys = receipt.child("keys");
        if (keys != null) {
            desk.signal.start(device.pn(), bundle(receipt, keys));
        } else if (stale(receipt, device) || count >= KEYS_FROM) {
            desk.signal.start(device.pn(), Desk.bundle(desk.hood.preKeys().take(device)));
        }
        speaking.sayAgain(receipt.require("id"), device, count);
    }

    /// True when the device was reinstalled since our session began.
    private boolean stale(Node receipt, Device device) {
        int shown = (int) unsigned(receipt.requireChild("registration").requireBytes(4));
        return desk.signal
                .registrationOf(device.pn())
                .filter(known -> known != shown)
                .isPresent();
    }

    private static PreKeyBundle bundle(Node receipt, Node keys) {
        Node skey = keys.requireChild("skey");
        Node key = keys.requireChild("key");
        return new PreKeyBundle(
                (int) unsigned(receipt.requireChild("registration").requireBytes(4)),
                keys.requireChild("identity").requireBytes(32),
                (int) unsigned(skey.requireChild("id").requireBytes(3)),
                skey.requireChild("value").requireBytes(32),
                skey.requireChild("signature").requireBytes(64),
                OptionalInt.of((int) unsigned(key.requireChild("id").requireBytes(3))),
                key.requireChild("value").requireBytes(32));
    }

    private static long unsigned(Bytes bytes) {
        if (bytes.isEmpty() || bytes.size() > 4) {
            throw new NodeException("number", bytes.size() + " bytes", "1..4 bytes");
        }
        return Long.parseLong(bytes.toHex(), 16);
    }
}
