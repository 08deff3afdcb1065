package dev.waggle.simulator.directory;

import dev.waggle.address.Bytes;

/// A published signed pre-key: 24-bit id, 32 raw bytes, signature of 64 bytes over `05` and the key.
public record SignedKey(int id, Bytes key, Bytes signature) {
    public SignedKey {
        if (key.size() != 32 || signature.size() != 64) {
            throw new IllegalArgumentException(
                    "signed key: " + key.size() + "/" + signature.size() + " (expected: 32/64)");
        }
    }
}
