package dev.waggle.stanza.media;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.waggle.address.Bytes;
import dev.waggle.address.MessageId;
import dev.waggle.crypto.AesGcm;
import dev.waggle.crypto.CryptoException;
import dev.waggle.crypto.Hkdf;
import dev.waggle.proto.mediaretry.MediaRetryNotification;
import dev.waggle.proto.mediaretry.ServerErrorReceipt;
import dev.waggle.stanza.notification.Content;
import java.nio.charset.StandardCharsets;

/// The question to our own phone for a file that the hosts do not have any more, and its answer. Both are sealed
/// under a key made of the file's media key, bound to the message's id.
public final class MediaRetry {
    private static final byte[] INFO = "WhatsApp Media Retry Notification".getBytes(StandardCharsets.UTF_8);
    private static final int KEY_BYTES = 32;
    private static final int MISSING = 2;
    private static final int UNREADABLE = 3;

    private MediaRetry() {}

    /// What the phone answered.
    public sealed interface Answer {
        /// The file is at the hosts again.
        record Uploaded(String directPath) implements Answer {}

        /// The phone does not have it either.
        record Missing() implements Answer {}

        /// The phone could not, or its answer is none. `why` is for people.
        record Failed(String why) implements Answer {}
    }

    /// @param nonce 12 bytes, drawn for this question
    public static Bytes seal(Bytes mediaKey, MessageId id, Bytes nonce) {
        byte[] question =
                ServerErrorReceipt.newBuilder().setStanzaId(id.value()).build().toByteArray();
        return Bytes.wrap(AesGcm.seal(key(mediaKey), nonce.unsafeArray(), aad(id), question));
    }

    private static byte[] key(Bytes mediaKey) {
        return Hkdf.derive(mediaKey.unsafeArray(), new byte[0], INFO, KEY_BYTES);
    }

    private static byte[] aad(MessageId id) {
        return id.value().getBytes(StandardCharsets.UTF_8);
    }

    public static Answer open(Bytes mediaKey, Content.MediaRetried retried) {
        if (retried.error().isPresent()) {
            return failed(retried.error().getAsInt());
        }
        try {
            byte[] opened = AesGcm.open(
                    key(mediaKey),
                    retried.nonce().unsafeArray(),
                    aad(retried.id()),
                    retried.payload().unsafeArray());
            MediaRetryNotification answer = MediaRetryNotification.parseFrom(opened);
            if (answer.hasStanzaId()
                    && !answer.getStanzaId().equals(retried.id().value())) {
                return new Answer.Failed("the answer is to another message");
            }
            return answer.getResult() == MediaRetryNotification.ResultType.SUCCESS && answer.hasDirectPath()
                    ? new Answer.Uploaded(answer.getDirectPath())
                    : failed(answer.getResult().getNumber());
        } catch (CryptoException | InvalidProtocolBufferException e) {
            return new Answer.Failed("the answer cannot be opened");
        }
    }

    private static Answer failed(int code) {
        return switch (code) {
            case MISSING -> new Answer.Missing();
            case UNREADABLE -> new Answer.Failed("the phone could not read the question");
            default -> new Answer.Failed("the phone answered " + code);
        };
    }
}
