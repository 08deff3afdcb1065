package dev.waggle.stanza.notification;

import dev.waggle.address.Bytes;
import dev.waggle.stanza.field.Fields;
import dev.waggle.wire.node.Node;
import java.util.OptionalInt;

/// Reads what concerns files.
final class MediaNews {
    private static final int NONCE_BYTES = 12;

    private MediaNews() {}

    static Content retried(Node node) {
        Node owner = node.requireChild("rmr");
        Node error = node.child("error");
        Bytes payload = Bytes.EMPTY;
        Bytes nonce = Bytes.EMPTY;
        if (error == null) {
            Node sealed = node.requireChild("encrypt");
            payload = sealed.requireChild("enc_p").requireBytes();
            nonce = sealed.requireChild("enc_iv").requireBytes(NONCE_BYTES);
        }
        return new Content.MediaRetried(
                Fields.messageId(node, "id"),
                owner.requireJid("jid"),
                Fields.isTrue(owner, "from_me"),
                owner.jid("participant"),
                error == null ? OptionalInt.empty() : OptionalInt.of(Fields.count(error, "code", 0)),
                payload,
                nonce);
    }
}
