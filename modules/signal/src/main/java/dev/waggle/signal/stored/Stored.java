package dev.waggle.signal.stored;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.waggle.address.Bytes;
import dev.waggle.crypto.KeyPair;
import dev.waggle.signal.SignalException;

/// Conversions for stored records; every key in them is 32 bytes.
public final class Stored {
    private static final int KEY_BYTES = 32;

    private Stored() {}

    public static ByteString string(Bytes bytes) {
        return UnsafeByteOperations.unsafeWrap(bytes.unsafeArray());
    }

    public static Bytes bytes(ByteString string) {
        return Bytes.wrap(string.toByteArray());
    }

    /// @throws SignalException when it is not 32 bytes
    public static Bytes key(String name, ByteString string) {
        if (string.size() != KEY_BYTES) {
            throw new SignalException(name, string.size() + " bytes", KEY_BYTES + " bytes");
        }
        return bytes(string);
    }

    /// Trusts that the two belong together: to compute it would cost 16 µs.
    public static KeyPair keyPair(ByteString privateKey, ByteString publicKey) {
        return new KeyPair(key("private-key", privateKey), key("public-key", publicKey));
    }

    /// @throws SignalException when it does not fit in 31 bits
    public static int counter(String name, int value) {
        if (value < 0) {
            throw new SignalException(name, Integer.toUnsignedString(value), "< 2^31");
        }
        return value;
    }
}
