package dev.waggle.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// The JDK's cipher engines: one per thread and transformation, because making one costs more than a short message.
final class Ciphers {
    static final String GCM = "AES/GCM/NoPadding";
    static final String CBC = "AES/CBC/PKCS5Padding";
    static final String CBC_BLOCKS = "AES/CBC/NoPadding";
    static final String CTR = "AES/CTR/NoPadding";

    private Ciphers() {}

    static ThreadLocal<Cipher> perThread(String transformation) {
        return ThreadLocal.withInitial(() -> engine(transformation));
    }

    static Cipher engine(String transformation) {
        try {
            return Cipher.getInstance(transformation);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(transformation + " is in every JDK", e);
        }
    }

    /// @throws CryptoException when it is not 16, 24 or 32 bytes
    static SecretKeySpec aesKey(byte[] key) {
        if (key.length != 16 && key.length != 24 && key.length != 32) {
            throw new CryptoException("key", key.length + " bytes", "16, 24 or 32 bytes");
        }
        return new SecretKeySpec(key, "AES");
    }

    static IllegalStateException impossible(GeneralSecurityException cause) {
        return new IllegalStateException("an AES engine refused checked arguments", cause);
    }
}
