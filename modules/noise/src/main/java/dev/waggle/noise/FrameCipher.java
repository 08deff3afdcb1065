package dev.waggle.noise;

import dev.waggle.crypto.AesGcm;
import dev.waggle.crypto.CryptoException;

/// Seals and opens the frames of one connection, each direction under its own key and counter. Not thread-safe. A
/// frame that does not open ends the connection: the counters of the two sides cannot meet again.
public final class FrameCipher {
    /// What a frame grows by.
    public static final int OVERHEAD = AesGcm.TAG_BYTES;

    private static final byte[] NO_AAD = new byte[0];
    private static final int COUNTER_MAX = Integer.MAX_VALUE;

    private final AesGcm sealing;
    private final AesGcm opening;
    private int sealed;
    private int opened;

    FrameCipher(byte[] sealingKey, byte[] openingKey) {
        sealing = AesGcm.keyed(sealingKey);
        opening = AesGcm.keyed(openingKey);
    }

    /// 12 bytes: zeros, then the counter, big-endian.
    static byte[] nonce(int counter) {
        byte[] nonce = new byte[AesGcm.NONCE_BYTES];
        nonce[8] = (byte) (counter >>> 24);
        nonce[9] = (byte) (counter >>> 16);
        nonce[10] = (byte) (counter >>> 8);
        nonce[11] = (byte) counter;
        return nonce;
    }

    /// @throws HandshakeException when the direction's counter is used up: connect again
    public byte[] seal(byte[] plaintext) {
        return sealing.seal(nonce(next(sealed++)), NO_AAD, plaintext, 0, plaintext.length);
    }

    /// @throws HandshakeException when the frame was not sealed by the other side, next in order
    public byte[] open(byte[] ciphertext) {
        try {
            return opening.open(nonce(next(opened++)), NO_AAD, ciphertext, 0, ciphertext.length);
        } catch (CryptoException e) {
            throw new HandshakeException("frame", ciphertext.length + " bytes", "the other side's next frame", e);
        }
    }

    private static int next(int counter) {
        if (counter < 0 || counter == COUNTER_MAX) {
            throw new HandshakeException("frame counter", "used up", "a new connection");
        }
        return counter;
    }
}
