package dev.waggle.signal.message;

import dev.waggle.address.Bytes;
import dev.waggle.signal.SignalException;
import java.util.Arrays;

/// Public keys: 32 raw bytes with us, 33 with the type byte 0x05 first inside messages and under signatures.
public final class PublicKeys {
    public static final int RAW_BYTES = 32;
    static final int TYPED_BYTES = 33;
    private static final byte CURVE25519 = 5;
    private static final byte[] TYPE = {CURVE25519};

    private PublicKeys() {}

    public static byte[] typed(Bytes raw) {
        var typed = new byte[TYPED_BYTES];
        typed[0] = CURVE25519;
        System.arraycopy(raw.unsafeArray(), 0, typed, 1, RAW_BYTES);
        return typed;
    }

    /// The type byte alone, for MACs that are fed in parts; only read it.
    public static byte[] type() {
        return TYPE;
    }

    /// @throws SignalException when it is not 32 bytes
    public static Bytes check(String name, Bytes raw) {
        if (raw.size() != RAW_BYTES) {
            throw new SignalException(name, raw.size() + " bytes", "32 bytes");
        }
        return raw;
    }

    /// X25519 ignores the highest bit, and no honest key has it. A key that may be written in two ways would let a
    /// relay rename the session of a first message, whose base key no MAC covers, and so play it back as a new one.
    ///
    /// @throws SignalException when it is not 0x05 and 32 bytes below 2^255
    static Bytes raw(String name, byte[] typed) {
        if (typed.length != TYPED_BYTES || typed[0] != CURVE25519 || typed[TYPED_BYTES - 1] < 0) {
            throw new SignalException(name, typed.length + " bytes", "05 and 32 bytes below 2^255");
        }
        return Bytes.wrap(Arrays.copyOfRange(typed, 1, TYPED_BYTES));
    }
}
