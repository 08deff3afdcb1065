package dev.waggle.signal.message;

import com.google.protobuf.CodedOutputStream;
import dev.waggle.address.Bytes;
import java.util.Arrays;

/// One message under a sender key (`skmsg`). `keyId` is 32 bits, compared as they are; `signed` is everything in
/// front of the 64-byte signature.
public record GroupMessage(int keyId, int iteration, Bytes ciphertext, Bytes signed, Bytes signature) {
    public static final int SIGNATURE_BYTES = 64;
    private static final int ID = 1;
    private static final int ITERATION = 2;
    private static final int CIPHERTEXT = 3;

    /// @throws dev.waggle.signal.SignalException when it is malformed
    public static GroupMessage parse(byte[] message) {
        var fields = Fields.read("skmsg", message, SIGNATURE_BYTES);
        int signatureAt = message.length - SIGNATURE_BYTES;
        return new GroupMessage(
                fields.id(ID, "id"),
                fields.counter(ITERATION, "iteration"),
                Bytes.wrap(fields.bytes(CIPHERTEXT, "ciphertext")),
                Bytes.wrap(Arrays.copyOf(message, signatureAt)),
                Bytes.wrap(Arrays.copyOfRange(message, signatureAt, message.length)));
    }

    /// Version byte and fields, to be followed by the signature.
    public static byte[] unsigned(int keyId, int iteration, byte[] ciphertext) {
        int size = CodedOutputStream.computeUInt32Size(ID, keyId)
                + CodedOutputStream.computeUInt32Size(ITERATION, iteration)
                + CodedOutputStream.computeByteArraySize(CIPHERTEXT, ciphertext);
        return Fields.write(size, out -> {
            out.writeUInt32(ID, keyId);
            out.writeUInt32(ITERATION, iteration);
            out.writeByteArray(CIPHERTEXT, ciphertext);
        });
    }

    /// `unsigned` with its signature behind it.
    public static byte[] signed(byte[] unsigned, byte[] signature) {
        var message = Arrays.copyOf(unsigned, unsigned.length + SIGNATURE_BYTES);
        System.arraycopy(signature, 0, message, unsigned.length, SIGNATURE_BYTES);
        return message;
    }
}
