package dev.waggle.signal.session;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.Curve25519;
import dev.waggle.crypto.Hkdf;
import java.nio.charset.StandardCharsets;

/// A root key and the chain key beside it, both 32 bytes: `HKDF(secret, salt, info) = root || chain`.
record RootStep(Bytes rootKey, Bytes chainKey) {
    private static final byte[] NO_SALT = {};
    private static final byte[] TEXT = "WhisperText".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RATCHET = "WhisperRatchet".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY = 32;

    /// The first, from the agreements of X3DH.
    static RootStep first(byte[] agreements) {
        return split(Hkdf.derive(agreements, NO_SALT, TEXT, KEY + KEY));
    }

    /// One turn of the ratchet.
    ///
    /// @throws dev.waggle.crypto.CryptoException when their key is a point of small order
    static RootStep turn(Bytes rootKey, Bytes ourPrivate, Bytes theirs) {
        var secret = Curve25519.agree(ourPrivate.unsafeArray(), theirs.unsafeArray());
        return split(Hkdf.derive(secret, rootKey.unsafeArray(), RATCHET, KEY + KEY));
    }

    private static RootStep split(byte[] okm) {
        var both = Bytes.wrap(okm);
        return new RootStep(both.slice(0, KEY), both.slice(KEY, KEY + KEY));
    }
}
