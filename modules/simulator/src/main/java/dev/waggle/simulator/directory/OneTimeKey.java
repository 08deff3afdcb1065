package dev.waggle.simulator.directory;

import dev.waggle.address.Bytes;

/// A published one-time pre-key: 24-bit id, 32 raw bytes.
public record OneTimeKey(int id, Bytes key) {
    public OneTimeKey {
        if (key.size() != 32) {
            throw new IllegalArgumentException("one-time key: " + key.size() + " bytes (expected: 32)");
        }
    }
}
