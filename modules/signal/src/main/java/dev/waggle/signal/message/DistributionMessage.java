package dev.waggle.signal.message;

import com.google.protobuf.CodedOutputStream;
import dev.waggle.address.Bytes;

/// A sender key on its way to a member of the group: from `iteration` on the receiver can read what is sent under
/// it. `chainKey` and `signingKey` are 32 bytes.
public record DistributionMessage(int keyId, int iteration, Bytes chainKey, Bytes signingKey) {
    private static final int ID = 1;
    private static final int ITERATION = 2;
    private static final int CHAIN_KEY = 3;
    private static final int SIGNING_KEY = 4;

    public DistributionMessage {
        PublicKeys.check("skdm chain-key", chainKey);
        PublicKeys.check("skdm signing-key", signingKey);
    }

    /// @throws dev.waggle.signal.SignalException when it is malformed
    public static DistributionMessage parse(byte[] message) {
        var fields = Fields.read("skdm", message, 0);
        return new DistributionMessage(
                fields.id(ID, "id"),
                fields.counter(ITERATION, "iteration"),
                Bytes.wrap(fields.bytes(CHAIN_KEY, "chain-key")),
                PublicKeys.raw("skdm signing-key", fields.bytes(SIGNING_KEY, "signing-key")));
    }

    public Bytes encode() {
        var signing = PublicKeys.typed(signingKey);
        var chain = chainKey.unsafeArray();
        int size = CodedOutputStream.computeUInt32Size(ID, keyId)
                + CodedOutputStream.computeUInt32Size(ITERATION, iteration)
                + CodedOutputStream.computeByteArraySize(CHAIN_KEY, chain)
                + CodedOutputStream.computeByteArraySize(SIGNING_KEY, signing);
        return Bytes.wrap(Fields.write(size, out -> {
            out.writeUInt32(ID, keyId);
            out.writeUInt32(ITERATION, iteration);
            out.writeByteArray(CHAIN_KEY, chain);
            out.writeByteArray(SIGNING_KEY, signing);
        }));
    }
}
