package dev.waggle.stanza.keys;

import dev.waggle.address.Bytes;

/// The sizes of keys, and the byte that names their type.
public final class Keys {
    public static final int KEY_BYTES = 32;
    public static final int SIGNATURE_BYTES = 64;
    public static final int ID_MAX = 0xFF_FFFF;
    /// Curve25519.
    public static final Bytes TYPE = Bytes.of((byte) 5);

    private Keys() {}

    static void check(String name, int id) {
        if (id < 0 || id > ID_MAX) {
            throw new IllegalArgumentException(name + ": " + id + " (expected: 0.." + ID_MAX + ")");
        }
    }

    static void check(String name, Bytes bytes, int size) {
        if (bytes.size() != size) {
            throw new IllegalArgumentException(name + ": " + bytes + " (expected: " + size + " bytes)");
        }
    }
}
