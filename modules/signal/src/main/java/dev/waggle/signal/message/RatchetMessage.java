package dev.waggle.signal.message;

import com.google.protobuf.CodedOutputStream;
import dev.waggle.address.Bytes;
import java.util.Arrays;

/// One message of a session (`msg`).
///
/// `signed` is everything in front of the MAC as it came; `ratchetKey` is 32 bytes; the MAC is 8 bytes of
/// HMAC-SHA256 over `sender identity (33) || receiver identity (33) || signed`.
public record RatchetMessage(
        Bytes ratchetKey, int counter, int previousCounter, Bytes ciphertext, Bytes signed, Bytes mac) {
    public static final int MAC_BYTES = 8;
    private static final int RATCHET_KEY = 1;
    private static final int COUNTER = 2;
    private static final int PREVIOUS_COUNTER = 3;
    private static final int CIPHERTEXT = 4;

    /// @throws dev.waggle.signal.SignalException when it is malformed
    public static RatchetMessage parse(byte[] message) {
        var fields = Fields.read("msg", message, MAC_BYTES);
        int macAt = message.length - MAC_BYTES;
        return new RatchetMessage(
                PublicKeys.raw("msg ratchet-key", fields.bytes(RATCHET_KEY, "ratchet-key")),
                fields.counter(COUNTER, "counter"),
                fields.idOr(PREVIOUS_COUNTER, 0),
                Bytes.wrap(fields.bytes(CIPHERTEXT, "ciphertext")),
                Bytes.wrap(Arrays.copyOf(message, macAt)),
                Bytes.wrap(Arrays.copyOfRange(message, macAt, message.length)));
    }

    /// Version byte and fields, to be followed by the MAC.
    public static byte[] unsigned(Bytes ratchetKey, int counter, int previousCounter, byte[] ciphertext) {
        var typed = PublicKeys.typed(ratchetKey);
        int size = CodedOutputStream.computeByteArraySize(RATCHET_KEY, typed)
                + CodedOutputStream.computeUInt32Size(COUNTER, counter)
                + CodedOutputStream.computeUInt32Size(PREVIOUS_COUNTER, previousCounter)
                + CodedOutputStream.computeByteArraySize(CIPHERTEXT, ciphertext);
        return Fields.write(size, out -> {
            out.writeByteArray(RATCHET_KEY, typed);
            out.writeUInt32(COUNTER, counter);
            out.writeUInt32(PREVIOUS_COUNTER, previousCounter);
            out.writeByteArray(CIPHERTEXT, ciphertext);
        });
    }

    /// `unsigned` with its MAC behind it.
    public static byte[] signed(byte[] unsigned, byte[] mac) {
        var message = Arrays.copyOf(unsigned, unsigned.length + MAC_BYTES);
        System.arraycopy(mac, 0, message, unsigned.length, MAC_BYTES);
        return message;
    }
}
