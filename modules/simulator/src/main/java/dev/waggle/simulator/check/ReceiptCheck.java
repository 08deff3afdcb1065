package dev.waggle.simulator.check;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.crypto.Digest;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.Directory;
import dev.waggle.simulator.directory.User;
import dev.waggle.wire.node.Node;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A `receipt` that a device sends. Remembers which ids each user sent messages under; bounded, and silent about
/// ids once the oldest are forgotten.
final class ReceiptCheck {
    private static final Set<String> TYPES = Set.of(
            "",
            "inactive",
            "sender",
            "read",
            "read-self",
            "played",
            "played-self",
            "peer_msg",
            "hist_sync",
            "retry",
            "server-error");
    private static final int IDS_MAX = 256;

    private final Directory directory;
    private final KeyUploadCheck uploads;
    private final LongTable sent;

    ReceiptCheck(Directory directory, KeyUploadCheck uploads, int idsMax) {
        this.directory = directory;
        this.uploads = uploads;
        this.sent = new LongTable(idsMax);
    }

    /// A message went out under this id.
    void sent(User author, String id) {
        sent.putIfAbsent(key(author, id), 1);
    }

    List<Violation> check(Device from, Node receipt) {
        Findings found = new Findings();
        found.reading(Rule.RECEIPT_SHAPE, () -> {
            String type = receipt.attr("type", "");
            found.expect(TYPES.contains(type), Rule.RECEIPT_SHAPE, "receipt.type", type, "a known type");
            Jid to = receipt.requireJid("to");
            found.expect(
                    !type.equals("sender") || receipt.has("recipient"),
                    Rule.RECEIPT_SHAPE,
                    "receipt.recipient",
                    "absent",
                    "with type sender");
            if (type.equals("server-error")) {
                fileAsked(from, receipt, to, found);
                return;
            }
            ids(receipt, author(receipt, to), found);
            if (type.equals("retry")) {
                retry(from, receipt, found);
            }
        });
        return found.all();
    }

    /// The own phone is asked for the file of any message: whose it is stands inside.
    private static void fileAsked(Device from, Node receipt, Jid to, Findings found) {
        found.expect(
                to.equals(from.user().like(to)),
                Rule.RECEIPT_SHAPE,
                "receipt.to",
                "another",
                "the own user without device");
        Node sealed = receipt.requireChild("encrypt");
        sealed.requireChild("enc_p").requireBytes();
        sealed.requireChild("enc_iv").requireBytes(12);
        Node owner = receipt.requireChild("rmr");
        Jid chat = owner.requireJid("jid");
        owner.require("from_me");
        found.expect(
                chat.isUser() || owner.has("participant"),
                Rule.RECEIPT_SHAPE,
                "rmr.participant",
                "absent",
                "in a group");
    }

    private static Jid author(Node receipt, Jid to) {
        return to.isUser() ? to : receipt.requireJid("participant");
    }

    private void ids(Node receipt, Jid author, Findings found) {
        List<String> ids = new ArrayList<>(List.of(receipt.require("id")));
        Node list = receipt.child("list");
        if (list != null) {
            list.children("item").forEach(item -> ids.add(item.require("id")));
        }
        found.expect(ids.size() <= IDS_MAX, Rule.RECEIPT_SHAPE, "ids", ids.size(), "at most " + IDS_MAX);
        @Nullable User user = directory.user(author);
        found.expect(user != null, Rule.RECEIPT_SHAPE, "author", author, "a known user");
        if (user != null && sent.forgotten() == 0) {
            ids.stream()
                    .limit(IDS_MAX)
                    .filter(id -> !sent.has(key(user, id)))
                    .forEach(id -> found.add(Rule.RECEIPT_UNKNOWN_ID, "id", id, "of a message from " + user));
        }
    }

    private static long key(User author, String id) {
        return ByteBuffer.wrap(Digest.sha256(Bytes.utf8(author.pn() + " " + id).unsafeArray()))
                .getLong();
    }

    private void retry(Device from, Node receipt, Findings found) {
        Node retry = receipt.requireChild("retry");
        long count = retry.number("count", 0);
        found.expect(count >= 1 && count <= 10, Rule.RETRY_SHAPE, "retry.count", count, "1..10");
        found.expect(
                receipt.require("id").equals(retry.attr("id")), Rule.RETRY_SHAPE, "retry.id", "other", "the receipt's");
        found.expect("1".equals(retry.attr("v")), Rule.RETRY_SHAPE, "retry.v", retry.attr("v", "absent"), "1");
        found.expect(retry.has("t"), Rule.RETRY_SHAPE, "retry.t", "absent", "the message's time");
        long registration =
                KeyUploadCheck.unsigned(receipt.requireChild("registration").requireBytes(4));
        found.expect(
                registration == (from.keys().registrationId() & 0xffff_ffffL),
                Rule.RETRY_SHAPE,
                "registration",
                "other",
                "the device's own");
        Node keys = receipt.child("keys");
        if (keys != null) {
            found.reading(Rule.RETRY_KEYS, () -> keys(from, keys, found));
        } else if (count >= 2) {
            found.add(Rule.RETRY_KEYS_MISSING, "keys", "absent", "from count 2 on");
        }
    }

    private void keys(Device from, Node keys, Findings found) {
        KeyUploadCheck.header(from, keys, found, Rule.RETRY_KEYS);
        Node skey = keys.requireChild("skey");
        skey.requireChild("id").requireBytes(3);
        boolean signed = RegistrationCheck.signed(
                from.keys().identityKey(),
                skey.requireChild("value").requireBytes(32),
                skey.requireChild("signature").requireBytes(64));
        found.expect(signed, Rule.RETRY_KEYS, "skey", "does not verify", "signed by the device's identity");
        Node key = keys.requireChild("key");
        int id = (int) KeyUploadCheck.unsigned(key.requireChild("id").requireBytes(3));
        boolean same = uploads.sameKey(from, id, key.requireChild("value").requireBytes(32));
        found.expect(same, Rule.RETRY_KEYS, "one-time key id", id, "not the id of another key");
        DeviceIdentityCheck.check(from, keys, true, found);
    }
}
