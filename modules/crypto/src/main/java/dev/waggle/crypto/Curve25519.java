package dev.waggle.crypto;

/// Key agreement X25519 (RFC 7748). Keys are 32 raw bytes without any type prefix.
public final class Curve25519 {
    public static final int KEY_BYTES = 32;

    private Curve25519() {}

    /// The 32-byte shared secret. The private key is clamped on the way in, as the algorithm says.
    ///
    /// @throws CryptoException on a wrong size, and when the other side's key is a point of low order: the secret
    /// would be all zero whatever our key is
    public static byte[] agree(byte[] privateKey, byte[] publicKey) {
        CryptoException.requireSize("private key", privateKey, KEY_BYTES);
        CryptoException.requireSize("public key", publicKey, KEY_BYTES);
        byte[] shared = CryptoProvider.installed().agree(privateKey, publicKey);
        int any = 0;
        for (byte b : shared) {
            any |= b;
        }
        if (any == 0) {
            throw new CryptoException("public key", "a point of low order", "a point that gives a secret");
        }
        return shared;
    }

    /// The public key that belongs to `privateKey`, 32 bytes.
    ///
    /// @throws CryptoException on a wrong size
    public static byte[] publicKey(byte[] privateKey) {
        CryptoException.requireSize("private key", privateKey, KEY_BYTES);
        return CryptoProvider.installed().publicKey(privateKey);
    }
}
