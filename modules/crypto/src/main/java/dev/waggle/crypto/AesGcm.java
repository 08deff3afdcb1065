package dev.waggle.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-GCM with a 12-byte nonce; the 16-byte tag follows the ciphertext.
///
/// The static functions are for single messages. An instance ([#keyed]) keeps one key and its engines for a stream
/// of messages; it is not thread-safe, and it refuses to seal under the nonce that it used last.
public final class AesGcm {
    public static final int TAG_BYTES = 16;
    public static final int NONCE_BYTES = 12;
    private static final byte[] NO_AAD = {};
    private static final ThreadLocal<Cipher> ENGINE = Ciphers.perThread(Ciphers.GCM);

    private final SecretKeySpec key;
    private final Cipher cipher = Ciphers.engine(Ciphers.GCM);

    private AesGcm(SecretKeySpec key) {
        this.key = key;
    }

    /// @throws CryptoException when the key is not 16, 24 or 32 bytes
    public static AesGcm keyed(byte[] key) {
        return new AesGcm(Ciphers.aesKey(key));
    }

    /// Ciphertext and tag. That a nonce is never used twice with a key is the caller's duty.
    ///
    /// @throws CryptoException on wrong sizes
    public static byte[] seal(byte[] key, byte[] nonce, byte[] aad, byte[] plaintext) {
        return seal(key, nonce, aad, plaintext, 0, plaintext.length);
    }

    /// As [#seal(byte[], byte[], byte[], byte[])], for a part of an array.
    public static byte[] seal(byte[] key, byte[] nonce, byte[] aad, byte[] input, int offset, int length) {
        SecretKeySpec spec = Ciphers.aesKey(key);
        try {
            return run(ENGINE.get(), Cipher.ENCRYPT_MODE, spec, nonce, aad, input, offset, length);
        } catch (RepeatedNonceException _) {
            // The engine remembers the last message of this thread; the same call again is the same result.
            ENGINE.remove();
            return run(ENGINE.get(), Cipher.ENCRYPT_MODE, spec, nonce, aad, input, offset, length);
        }
    }

    /// @throws CryptoException on wrong sizes, a wrong tag, or fewer than 16 bytes
    public static byte[] open(byte[] key, byte[] nonce, byte[] aad, byte[] sealed) {
        return open(key, nonce, aad, sealed, 0, sealed.length);
    }

    /// As [#open(byte[], byte[], byte[], byte[])], for a part of an array.
    public static byte[] open(byte[] key, byte[] nonce, byte[] aad, byte[] input, int offset, int length) {
        return run(ENGINE.get(), Cipher.DECRYPT_MODE, Ciphers.aesKey(key), nonce, aad, input, offset, length);
    }

    /// Ciphertext and tag of `length` bytes from `offset`.
    ///
    /// @throws CryptoException on wrong sizes, and when the nonce is that of the call before
    public byte[] seal(byte[] nonce, byte[] aad, byte[] input, int offset, int length) {
        try {
            return run(cipher, Cipher.ENCRYPT_MODE, key, nonce, aad, input, offset, length);
        } catch (RepeatedNonceException e) {
            throw new CryptoException("nonce", "used a moment ago", "a fresh one", e);
        }
    }

    public byte[] seal(byte[] nonce, byte[] plaintext) {
        return seal(nonce, NO_AAD, plaintext, 0, plaintext.length);
    }

    /// @throws CryptoException on wrong sizes, a wrong tag, or fewer than 16 bytes
    public byte[] open(byte[] nonce, byte[] aad, byte[] input, int offset, int length) {
        return run(cipher, Cipher.DECRYPT_MODE, key, nonce, aad, input, offset, length);
    }

    public byte[] open(byte[] nonce, byte[] sealed) {
        return open(nonce, NO_AAD, sealed, 0, sealed.length);
    }

    private static byte[] run(
            Cipher cipher,
            int mode,
            SecretKeySpec key,
            byte[] nonce,
            byte[] aad,
            byte[] input,
            int offset,
            int length) {
        CryptoException.requireSize("nonce", nonce, NONCE_BYTES);
        if (mode == Cipher.DECRYPT_MODE && length < TAG_BYTES) {
            throw new CryptoException("ciphertext", length + " bytes", "16 bytes of tag or more");
        }
        try {
            cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
            if (aad.length > 0) {
                cipher.updateAAD(aad);
            }
            return cipher.doFinal(input, offset, length);
        } catch (AEADBadTagException e) {
            throw new CryptoException("tag", "another", "that of this key, nonce, text and associated data", e);
        } catch (InvalidAlgorithmParameterException e) {
            throw new RepeatedNonceException(e);
        } catch (IllegalBlockSizeException e) {
            throw new CryptoException("text", length + " bytes", "what AES-GCM can hold", e);
        } catch (GeneralSecurityException e) {
            throw Ciphers.impossible(e);
        }
    }

    private static final class RepeatedNonceException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RepeatedNonceException(Throwable cause) {
            super(cause);
        }
    }
}
