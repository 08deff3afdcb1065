package dev.waggle.crypto;

import java.util.Arrays;

/// HKDF with SHA-256 (RFC 5869).
public final class Hkdf {
    private static final int HASH_BYTES = 32;
    /// RFC 5869: the block number is one byte.
    private static final int LENGTH_MAX = 255 * HASH_BYTES;

    private Hkdf() {}

    /// Extract, then expand to `length` bytes. An empty salt counts as 32 zeros, as the RFC says.
    ///
    /// @throws CryptoException when `length` is not 0..8160
    public static byte[] derive(byte[] secret, byte[] salt, byte[] info, int length) {
        return expand(extract(secret, salt), info, length);
    }

    /// The 32-byte pseudorandom key.
    public static byte[] extract(byte[] secret, byte[] salt) {
        return Mac.sha256(salt, secret);
    }

    /// @throws CryptoException when `length` is not 0..8160
    public static byte[] expand(byte[] pseudorandomKey, byte[] info, int length) {
        if (length < 0 || length > LENGTH_MAX) {
            throw new CryptoException("length", String.valueOf(length), "0.." + LENGTH_MAX);
        }
        Hmac hmac = Hmac.sha256();
        int blocks = (length + HASH_BYTES - 1) / HASH_BYTES;
        byte[] whole = new byte[blocks * HASH_BYTES];
        for (int i = 0; i < blocks; i++) {
            hmac.begin(pseudorandomKey);
            if (i > 0) {
                hmac.update(whole, (i - 1) * HASH_BYTES, HASH_BYTES);
            }
            hmac.update(info);
            hmac.update((byte) (i + 1));
            hmac.end(whole, i * HASH_BYTES);
        }
        return whole.length == length ? whole : Arrays.copyOf(whole, length);
    }
}
