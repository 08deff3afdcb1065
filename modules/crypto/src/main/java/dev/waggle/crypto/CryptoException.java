package dev.waggle.crypto;

/// A key, nonce or ciphertext that cannot be used. The text is `name: value (expected: rule)` and never shows
/// secret bytes.
public final class CryptoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CryptoException(String name, String value, String rule) {
        super(name + ": " + value + " (expected: " + rule + ")");
    }

    CryptoException(String name, String value, String rule, Throwable cause) {
        super(name + ": " + value + " (expected: " + rule + ")", cause);
    }

    static void requireSize(String name, byte[] bytes, int size) {
        if (bytes.length != size) {
            throw new CryptoException(name, bytes.length + " bytes", size + " bytes");
        }
    }
}
