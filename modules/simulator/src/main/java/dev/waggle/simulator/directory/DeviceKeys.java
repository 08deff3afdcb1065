package dev.waggle.simulator.directory;

import dev.waggle.address.Bytes;

/// The lasting public keys of one device: identity of 32 raw bytes, registration id, signed pre-key.
public record DeviceKeys(int registrationId, Bytes identityKey, SignedKey signedKey) {
    public DeviceKeys {
        if (identityKey.size() != 32) {
            throw new IllegalArgumentException("identity key: " + identityKey.size() + " bytes (expected: 32)");
        }
    }

    public DeviceKeys rotated(SignedKey next) {
        return new DeviceKeys(registrationId, identityKey, next);
    }
}
