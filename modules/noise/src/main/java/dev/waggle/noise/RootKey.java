package dev.waggle.noise;

import dev.waggle.address.Bytes;

/// The public key (32 bytes) that every certificate chain must lead to.
public record RootKey(Bytes key) {
    public static final RootKey WHATSAPP =
            new RootKey(Bytes.hex("142375574d0a587166aae71ebe516437c4a28b73e3695c6ce1f7f9545da8ee6b"));

    public RootKey {
        if (key.size() != 32) {
            throw new IllegalArgumentException("root key: " + key.size() + " bytes (expected: 32)");
        }
    }
}
