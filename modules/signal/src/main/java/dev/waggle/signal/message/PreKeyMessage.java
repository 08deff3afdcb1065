package dev.waggle.signal.message;

import com.google.protobuf.CodedOutputStream;
import dev.waggle.address.Bytes;
import java.util.OptionalInt;

/// A first message (`pkmsg`): which of our keys were used to start the session, and the message itself.
/// Only `message` is under a MAC; the registration id and the key ids are hints. Keys are 32 bytes.
public record PreKeyMessage(
        int registrationId,
        OptionalInt preKeyId,
        int signedPreKeyId,
        Bytes baseKey,
        Bytes identityKey,
        RatchetMessage message) {
    private static final int PRE_KEY_ID = 1;
    private static final int BASE_KEY = 2;
    private static final int IDENTITY_KEY = 3;
    private static final int MESSAGE = 4;
    private static final int REGISTRATION_ID = 5;
    private static final int SIGNED_PRE_KEY_ID = 6;

    /// @throws dev.waggle.signal.SignalException when it is malformed
    public static PreKeyMessage parse(byte[] message) {
        var fields = Fields.read("pkmsg", message, 0);
        return new PreKeyMessage(
                fields.idOr(REGISTRATION_ID, 0),
                fields.has(PRE_KEY_ID) ? OptionalInt.of(fields.id(PRE_KEY_ID, "pre-key-id")) : OptionalInt.empty(),
                fields.id(SIGNED_PRE_KEY_ID, "signed-pre-key-id"),
                PublicKeys.raw("pkmsg base-key", fields.bytes(BASE_KEY, "base-key")),
                PublicKeys.raw("pkmsg identity-key", fields.bytes(IDENTITY_KEY, "identity-key")),
                RatchetMessage.parse(fields.bytes(MESSAGE, "message")));
    }

    public static byte[] encode(
            int registrationId,
            OptionalInt preKeyId,
            int signedPreKeyId,
            Bytes baseKey,
            Bytes identityKey,
            byte[] message) {
        var base = PublicKeys.typed(baseKey);
        var identity = PublicKeys.typed(identityKey);
        int size = (preKeyId.isPresent() ? CodedOutputStream.computeUInt32Size(PRE_KEY_ID, preKeyId.getAsInt()) : 0)
                + CodedOutputStream.computeByteArraySize(BASE_KEY, base)
                + CodedOutputStream.computeByteArraySize(IDENTITY_KEY, identity)
                + CodedOutputStream.computeByteArraySize(MESSAGE, message)
                + CodedOutputStream.computeUInt32Size(REGISTRATION_ID, registrationId)
                + CodedOutputStream.computeUInt32Size(SIGNED_PRE_KEY_ID, signedPreKeyId);
        return Fields.write(size, out -> {
            if (preKeyId.isPresent()) {
                out.writeUInt32(PRE_KEY_ID, preKeyId.getAsInt());
            }
            out.writeByteArray(BASE_KEY, base);
            out.writeByteArray(IDENTITY_KEY, identity);
            out.writeByteArray(MESSAGE, message);
            out.writeUInt32(REGISTRATION_ID, registrationId);
            out.writeUInt32(SIGNED_PRE_KEY_ID, signedPreKeyId);
        });
    }
}
