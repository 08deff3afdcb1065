package dev.waggle.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;

/// AES-CBC over what comes in pieces: any number of [#update]s, then [#finish] once. Not authenticated, not
/// thread-safe.
public final class CbcStream {
    private static final int BLOCK_BYTES = 16;

    private final Cipher cipher;

    private CbcStream(Cipher cipher) {
        this.cipher = cipher;
    }

    /// With PKCS#7 padding.
    ///
    /// @throws CryptoException when the key is not 16, 24 or 32 bytes, or the IV not 16
    public static CbcStream encrypting(byte[] key, byte[] iv) {
        return new CbcStream(engine(Ciphers.CBC, Cipher.ENCRYPT_MODE, key, iv));
    }

    /// With PKCS#7 padding, which is looked at in [#finish].
    ///
    /// @throws CryptoException when the key is not 16, 24 or 32 bytes, or the IV not 16
    public static CbcStream decrypting(byte[] key, byte[] iv) {
        return new CbcStream(engine(Ciphers.CBC, Cipher.DECRYPT_MODE, key, iv));
    }

    /// Whole blocks out of the middle: their padding, if they have one, comes out with them.
    ///
    /// @param iv the ciphertext block before the first one
    /// @throws CryptoException when the key is not 16, 24 or 32 bytes, or the IV not 16
    public static CbcStream decryptingBlocks(byte[] key, byte[] iv) {
        return new CbcStream(engine(Ciphers.CBC_BLOCKS, Cipher.DECRYPT_MODE, key, iv));
    }

    private static Cipher engine(String transformation, int mode, byte[] key, byte[] iv) {
        CryptoException.requireSize("iv", iv, BLOCK_BYTES);
        try {
            Cipher cipher = Ciphers.engine(transformation);
            cipher.init(mode, Ciphers.aesKey(key), new IvParameterSpec(iv));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw Ciphers.impossible(e);
        }
    }

    /// Takes `length` bytes and writes what is whole by now: at most that many and 15 more.
    ///
    /// @return how many bytes were written to `out`
    public int update(byte[] in, int offset, int length, byte[] out, int outOffset) {
        try {
            return cipher.update(in, offset, length, out, outOffset);
        } catch (ShortBufferException e) {
            throw new IllegalStateException("the caller gave too small an array", e);
        }
    }

    /// Writes the rest, at most 16 bytes.
    ///
    /// @return how many bytes were written to `out`
    /// @throws CryptoException when what was decrypted does not end as it should
    public int finish(byte[] out, int outOffset) {
        try {
            return cipher.doFinal(out, outOffset);
        } catch (BadPaddingException e) {
            throw new CryptoException("padding", "broken", "PKCS#7", e);
        } catch (IllegalBlockSizeException e) {
            throw new CryptoException("ciphertext", "cut within a block", "a multiple of 16 bytes", e);
        } catch (ShortBufferException e) {
            throw new IllegalStateException("the caller gave too small an array", e);
        }
    }
}
