package dev.waggle.simulator.check;

import dev.waggle.address.Bytes;
import dev.waggle.simulator.directory.Device;
import dev.waggle.wire.node.Node;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `iq set encrypt`: uploads of one-time keys and rotations of the signed one. Remembers per device the highest id
/// and the keys behind the latest 16,384 ids.
final class KeyUploadCheck {
    private static final int KEYS_MAX = 812;
    private static final int REMEMBERED_MAX = 16_384;
    private static final int ID_MAX = 0xff_ffff;
    /// Above this, ids may begin again from the start.
    private static final int WRAP_FROM = ID_MAX - KEYS_MAX;

    private final Map<Device, Ids> devices = new HashMap<>();

    private static final class Ids {
        int highest;
        final LinkedHashMap<Integer, Bytes> keys = new LinkedHashMap<>();
    }

    List<Violation> check(Device from, Node iq) {
        Findings found = new Findings();
        found.reading(Rule.UPLOAD_SHAPE, () -> {
            Node rotate = iq.child("rotate");
            if (rotate != null) {
                signedKey(from, rotate.requireChild("skey"), found);
            } else if (iq.child("list") != null) {
                upload(from, iq, found);
            }
        });
        return found.all();
    }

    private void upload(Device from, Node iq, Findings found) {
        header(from, iq, found, Rule.UPLOAD_SHAPE);
        signedKey(from, iq.requireChild("skey"), found);
        List<Node> keys = iq.requireChild("list").children();
        boolean within = !keys.isEmpty() && keys.size() <= KEYS_MAX;
        found.expect(within, Rule.UPLOAD_LIMIT, "one-time keys", keys.size(), "1.." + KEYS_MAX);
        if (within) {
            oneTimeKeys(devices.computeIfAbsent(from, d -> new Ids()), keys, found);
        }
    }

    /// `registration`, `type` and `identity`, as uploads and retry receipts carry them.
    static void header(Device from, Node parent, Findings found, Rule rule) {
        Node registration = parent.child("registration");
        if (registration != null) {
            long id = unsigned(registration.requireBytes(4));
            found.expect(id == (from.keys().registrationId() & 0xffff_ffffL), rule, "registration", "other", "its own");
        }
        found.expect(parent.requireChild("type").requireBytes(1).get(0) == 5, rule, "key type", "other", "05");
        Bytes identity = parent.requireChild("identity").requireBytes(32);
        found.expect(identity.equals(from.keys().identityKey()), rule, "identity", "other", "the device's own");
    }

    private static void signedKey(Device from, Node skey, Findings found) {
        skey.requireChild("id").requireBytes(3);
        boolean signed = RegistrationCheck.signed(
                from.keys().identityKey(),
                skey.requireChild("value").requireBytes(32),
                skey.requireChild("signature").requireBytes(64));
        found.expect(signed, Rule.UPLOAD_SIGNATURE, "skey", "does not verify", "signed by the device's identity");
    }

    private static void oneTimeKeys(Ids ids, List<Node> keys, Findings found) {
        for (Node key : keys) {
            int id = (int) unsigned(key.requireChild("id").requireBytes(3));
            next(ids, id, key.requireChild("value").requireBytes(32), found);
        }
    }

    private static void next(Ids ids, int id, Bytes value, Findings found) {
        Bytes known = ids.keys.putIfAbsent(id, value);
        boolean wrapped = ids.highest >= WRAP_FROM && id <= KEYS_MAX;
        // What the server may not have confirmed is offered again unchanged.
        boolean again = value.equals(known);
        found.expect(
                id > 0 && (again || known == null && id > ids.highest || wrapped),
                Rule.UPLOAD_IDS,
                "one-time key id",
                id,
                "above " + ids.highest + ", or the same key again");
        if (!again) {
            ids.highest = wrapped ? id : Math.max(id, ids.highest);
        }
        if (ids.keys.size() > REMEMBERED_MAX) {
            ids.keys.pollFirstEntry();
        }
    }

    /// A key from a retry receipt: its id may not name another key as well.
    boolean sameKey(Device from, int id, Bytes value) {
        @Nullable
        Bytes known = devices.computeIfAbsent(from, d -> new Ids()).keys.putIfAbsent(id, value);
        return known == null || known.equals(value);
    }

    static long unsigned(Bytes bytes) {
        long value = 0;
        for (int i = 0; i < bytes.size(); i++) {
            value = value << 8 | bytes.get(i) & 0xff;
        }
        return value;
    }
}
