package dev.waggle.simulator.check;

import dev.waggle.address.Bytes;
import java.io.ByteArrayOutputStream;

/// The bytes that the signatures of linked devices are taken over. All keys are 32 raw bytes.
public final class AdvBytes {
    private AdvBytes() {}

    /// What the primary signs to accept a companion: `06 00`, details, companion identity.
    public static byte[] account(Bytes details, Bytes companion) {
        return join(0, details, companion);
    }

    /// What the companion signs in return: `06 01`, details, companion identity, primary identity.
    public static byte[] device(Bytes details, Bytes companion, Bytes primary) {
        return join(1, details, companion, primary);
    }

    /// What the primary signs over its list of key indexes: `06 02`, details. No client that we know of checks it.
    public static byte[] keyIndexList(Bytes details) {
        return join(2, details);
    }

    private static byte[] join(int kind, Bytes... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(128);
        out.write(6);
        out.write(kind);
        for (Bytes part : parts) {
            out.write(part.unsafeArray(), 0, part.size());
        }
        return out.toByteArray();
    }
}
