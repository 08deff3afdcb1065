package dev.waggle.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;

/// AES in counter mode; the same call encrypts and decrypts.
public final class AesCtr {
    private static final int IV_BYTES = 16;
    private static final ThreadLocal<Cipher> ENGINE = Ciphers.perThread(Ciphers.CTR);

    private AesCtr() {}

    /// As many bytes as came in. `iv` is the first counter block, counted up big-endian over all 16 bytes.
    ///
    /// @throws CryptoException when the key is not 16, 24 or 32 bytes, or the IV not 16
    public static byte[] apply(byte[] key, byte[] iv, byte[] data) {
        CryptoException.requireSize("iv", iv, IV_BYTES);
        Cipher cipher = ENGINE.get();
        try {
            cipher.init(Cipher.ENCRYPT_MODE, Ciphers.aesKey(key), new IvParameterSpec(iv));
            return cipher.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw Ciphers.impossible(e);
        }
    }
}
