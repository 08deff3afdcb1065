package dev.waggle.simulator.iq;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.DeviceKeys;
import dev.waggle.simulator.directory.KeyBundle;
import dev.waggle.simulator.directory.OneTimeKey;
import dev.waggle.simulator.directory.SignedKey;
import dev.waggle.simulator.fault.Fault;
import dev.waggle.simulator.shape.Replies;
import dev.waggle.wire.node.Node;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `encrypt`: the pre-key server. Counts, digests, uploads, rotations, bundles.
final class KeyAnswers {
    private static final Bytes KEY_TYPE = Bytes.of((byte) 5);
    private static final int LOW = 9;

    private final Registry registry;

    KeyAnswers(Registry registry) {
        this.registry = registry;
    }

    Node answer(Device from, Node iq) {
        if (iq.child("count") != null) {
            int count = registry.preKeys().count(from);
            return Replies.result(iq, Node.build("count").attr("value", count).done());
        }
        if (iq.child("digest") != null) {
            registry.count("digests");
            return from.published() ? Replies.result(iq, digest(from)) : Replies.error(iq, 404, "item-not-found");
        }
        Node rotate = iq.child("rotate");
        if (rotate != null) {
            return rotate(from, iq, signedKey(rotate.requireChild("skey")));
        }
        Node key = iq.child("key");
        if (key != null) {
            return Replies.result(iq, bundles(key.children("user")));
        }
        return iq.child("identity") != null ? upload(from, iq) : Replies.result(iq);
    }

    /// The signature was looked at by the inspector.
    private Node rotate(Device from, Node iq, SignedKey next) {
        Optional<Fault> refused = registry.strike(Fault.Kind.REFUSE_ROTATION, from);
        if (refused.isPresent()) {
            int code = refused.get().code();
            return Replies.error(iq, code == 0 ? 503 : code, "not-now");
        }
        if (!next.equals(from.keys().signedKey())) {
            registry.count("rotations");
            from.rotate(next);
        }
        return Replies.result(iq);
    }

    private Node upload(Device from, Node iq) {
        registry.count("keyUploads");
        Bytes identity = iq.requireChild("identity").requireBytes(32);
        if (!identity.equals(from.keys().identityKey())) {
            return Replies.error(iq, 406, "not-acceptable");
        }
        int registration = (int) number(iq.requireChild("registration").requireBytes(4));
        from.keys(new DeviceKeys(registration, identity, signedKey(iq.requireChild("skey"))));
        List<OneTimeKey> keys = new ArrayList<>();
        Node list = iq.child("list");
        if (list != null) {
            list.children("key").forEach(key -> keys.add(oneTimeKey(key)));
        }
        List<Integer> refused = registry.preKeys().add(from, keys);
        return refused.isEmpty() ? Replies.result(iq) : Replies.error(iq, 406, "not-acceptable");
    }

    private static SignedKey signedKey(Node skey) {
        return new SignedKey(
                (int) number(skey.requireChild("id").requireBytes(3)),
                skey.requireChild("value").requireBytes(32),
                skey.requireChild("signature").requireBytes(64));
    }

    private static OneTimeKey oneTimeKey(Node key) {
        return new OneTimeKey(
                (int) number(key.requireChild("id").requireBytes(3)),
                key.requireChild("value").requireBytes(32));
    }

    private static long number(Bytes bigEndian) {
        long number = 0;
        for (int i = 0; i < bigEndian.size(); i++) {
            number = number << 8 | bigEndian.get(i) & 0xFF;
        }
        return number;
    }

    private static Bytes bytes(int number, int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[size - 1 - i] = (byte) (number >>> 8 * i);
        }
        return Bytes.wrap(bytes);
    }

    private Node digest(Device device) {
        DeviceKeys keys = device.keys();
        List<OneTimeKey> stock = registry.preKeys().stock(device);
        List<Node> ids =
                stock.stream().map(key -> Node.of("id", bytes(key.id(), 3))).toList();
        return Node.of(
                "digest",
                Node.of("registration", bytes(keys.registrationId(), 4)),
                Node.of("type", KEY_TYPE),
                Node.of("identity", keys.identityKey()),
                skey(keys.signedKey()),
                Node.build("list").content(ids).done(),
                Node.of("hash", hash(keys, stock)));
    }

    private static Bytes hash(DeviceKeys keys, List<OneTimeKey> stock) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-1");
            sha.update(keys.identityKey().toArray());
            sha.update(keys.signedKey().key().toArray());
            sha.update(keys.signedKey().signature().toArray());
            stock.forEach(key -> sha.update(key.key().toArray()));
            return Bytes.wrap(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Node skey(SignedKey key) {
        return Node.of(
                "skey",
                Node.of("id", bytes(key.id(), 3)),
                Node.of("value", key.key()),
                Node.of("signature", key.signature()));
    }

    private Node bundles(List<Node> users) {
        List<Node> answers = new ArrayList<>();
        for (Node user : users) {
            Jid jid = user.requireJid("jid");
            Device device = registry.directory().device(jid);
            answers.add(device == null || !device.published() ? missing(jid) : bundle(jid, device));
        }
        return Node.build("list").content(answers).done();
    }

    private static Node missing(Jid jid) {
        return Node.build("user")
                .attr("jid", jid)
                .content(Replies.error(404, "item-not-found"))
                .done();
    }

    private Node bundle(Jid jid, Device device) {
        KeyBundle bundle = registry.preKeys().take(device);
        DeviceKeys keys = bundle.keys();
        List<Node> parts = new ArrayList<>();
        parts.add(Node.of("registration", bytes(keys.registrationId(), 4)));
        parts.add(Node.of("type", KEY_TYPE));
        parts.add(Node.of("identity", keys.identityKey()));
        parts.add(skey(keys.signedKey()));
        bundle.oneTimeKey()
                .ifPresent(key ->
                        parts.add(Node.of("key", Node.of("id", bytes(key.id(), 3)), Node.of("value", key.key()))));
        if (!bundle.signedIdentity().isEmpty()) {
            parts.add(Node.of("device-identity", bundle.signedIdentity()));
        }
        warn(device, registry.preKeys().count(device));
        return Node.build("user").attr("jid", jid).content(parts).done();
    }

    /// Told once when the stock falls to the mark, and again when it is empty.
    private void warn(Device device, int left) {
        if (left == LOW || left == 0) {
            registry.send(
                    device,
                    Node.build("notification")
                            .attr("from", Jid.SERVER)
                            .attr("type", "encrypt")
                            .attr("id", registry.nextId())
                            .attr("t", registry.now())
                            .content(Node.build("count").attr("value", left).done())
                            .done());
        }
    }
}
