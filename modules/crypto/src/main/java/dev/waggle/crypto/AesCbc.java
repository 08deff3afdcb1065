package dev.waggle.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;

/// AES-CBC with PKCS#7 padding. Not authenticated: check the MAC before decrypting.
public final class AesCbc {
    private static final int BLOCK_BYTES = 16;
    private static final ThreadLocal<Cipher> ENGINE = Ciphers.perThread(Ciphers.CBC);

    private AesCbc() {}

    /// A multiple of 16 bytes, always longer than the plaintext.
    ///
    /// @throws CryptoException when the key is not 16, 24 or 32 bytes, or the IV not 16
    public static byte[] encrypt(byte[] key, byte[] iv, byte[] plaintext) {
        return run(Cipher.ENCRYPT_MODE, key, iv, plaintext);
    }

    /// @throws CryptoException on wrong sizes, and on a padding that is not PKCS#7
    public static byte[] decrypt(byte[] key, byte[] iv, byte[] ciphertext) {
        if (ciphertext.length == 0 || ciphertext.length % BLOCK_BYTES != 0) {
            throw new CryptoException("ciphertext", ciphertext.length + " bytes", "a multiple of 16 bytes, not none");
        }
        return run(Cipher.DECRYPT_MODE, key, iv, ciphertext);
    }

    private static byte[] run(int mode, byte[] key, byte[] iv, byte[] input) {
        CryptoException.requireSize("iv", iv, BLOCK_BYTES);
        Cipher cipher = ENGINE.get();
        try {
            cipher.init(mode, Ciphers.aesKey(key), new IvParameterSpec(iv));
            return cipher.doFinal(input);
        } catch (BadPaddingException e) {
            throw new CryptoException("padding", "broken", "PKCS#7", e);
        } catch (GeneralSecurityException e) {
            throw Ciphers.impossible(e);
        }
    }
}
