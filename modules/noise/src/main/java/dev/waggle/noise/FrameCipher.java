package dev.waggle.noise;

import dev.waggle.crypto.AesGcm;
import dev.waggle.crypto.CryptoException;
import org.jspecify.annotations.Nullable;

/// Seals and opens the frames of one connection, each direction under its own key and counter. Not thread-safe. A
/// frame that does not open ends the connection: the counters of the two sides cannot meet again.
public final class FrameCipher {
    /// What a frame grows by.
    public static final int OVERHEAD = AesGcm.TAG_BYTES;

    private static final byte[] NO_AAD = new byte[0];
    /// So many frames after a rest, or the first ones, go without an engine of their own.
    private static final int FRAMES_AT_REST = 16;

    /// One past the last counter that the nonce's four bytes hold.
    private static final long COUNTER_END = 1L << 32;

    private final Direction sealing;
    private final Direction opening;

    FrameCipher(byte[] sealingKey, byte[] openingKey) {
        this(sealingKey, openingKey, 0);
    }

    /// Begins at frame `first` in both directions: so that a test reaches the last one.
    FrameCipher(byte[] sealingKey, byte[] openingKey, long first) {
        sealing = new Direction(sealingKey, first);
        opening = new Direction(openingKey, first);
    }

    /// Lets the engines go, some kilobytes in each direction, until there is traffic again: a few frames, such as a
    /// question whether the other side still lives and its answer, do with those of the thread.
    public void rest() {
        sealing.rest();
        opening.rest();
    }

    /// 12 bytes: zeros, then the counter, big-endian.
    static byte[] nonce(long counter) {
        byte[] nonce = new byte[AesGcm.NONCE_BYTES];
        nonce[8] = (byte) (counter >>> 24);
        nonce[9] = (byte) (counter >>> 16);
        nonce[10] = (byte) (counter >>> 8);
        nonce[11] = (byte) counter;
        return nonce;
    }

    /// @throws HandshakeException when the direction's counter is used up: connect again
    public byte[] seal(byte[] plaintext) {
        return seal(plaintext, 0, plaintext.length);
    }

    /// As [#seal(byte[])], for a part of an array.
    public byte[] seal(byte[] buffer, int offset, int length) {
        byte[] nonce = sealing.nonceOnce();
        AesGcm own = sealing.engine();
        return own == null
                ? AesGcm.seal(sealing.key, nonce, NO_AAD, buffer, offset, length)
                : own.seal(nonce, NO_AAD, buffer, offset, length);
    }

    /// A frame that is refused leaves the counter where it was.
    ///
    /// @throws HandshakeException when the frame was not sealed by the other side, next in order, or was its last
    /// possible
    public byte[] open(byte[] ciphertext) {
        return open(ciphertext, 0, ciphertext.length);
    }

    /// As [#open(byte[])], for a part of an array.
    public byte[] open(byte[] buffer, int offset, int length) {
        try {
            byte[] nonce = opening.nonce();
            AesGcm own = opening.engine();
            byte[] plaintext = own == null
                    ? AesGcm.open(opening.key, nonce, NO_AAD, buffer, offset, length)
                    : own.open(nonce, NO_AAD, buffer, offset, length);
            opening.next++;
            return plaintext;
        } catch (CryptoException e) {
            throw new HandshakeException("frame", length + " bytes", "the other side's next frame", e);
        }
    }

    private static final class Direction {
        private final byte[] key;
        private @Nullable AesGcm engine;
        private long restedAt;
        private long next;

        Direction(byte[] key, long first) {
            this.key = key.clone();
            restedAt = first;
            next = first;
        }

        void rest() {
            engine = null;
            restedAt = next;
        }

        /// Its own, when it is worth one; null: a thread's will do.
        @Nullable
        AesGcm engine() {
            if (engine == null && next - restedAt >= FRAMES_AT_REST) {
                engine = AesGcm.keyed(key);
            }
            return engine;
        }

        byte[] nonce() {
            if (next >= COUNTER_END) {
                throw new HandshakeException("frame counter", Long.toString(next), "below 2^32: connect again");
            }
            return FrameCipher.nonce(next);
        }

        /// Counts before the nonce is used, so that whatever happens it never comes again.
        byte[] nonceOnce() {
            byte[] nonce = nonce();
            next++;
            return nonce;
        }
    }
}
