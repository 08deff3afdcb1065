package dev.waggle.media;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.RunningMac;
import java.io.ByteArrayOutputStream;

/// Lets a player verify and decrypt a piece of a video or a recording without the rest: for every 64 KiB of
/// IV, ciphertext and MAC in a row, and the 16 bytes that follow them, 10 bytes of their HMAC. Memory: 10 bytes per
/// 64 KiB.
final class Sidecar {
    private static final int STEP_BYTES = 64 * 1024;
    private static final int OVERLAP_BYTES = FileFacts.BLOCK_BYTES;
    private static final int ENTRY_BYTES = 10;

    private final byte[] key;
    private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
    private RunningMac window;
    /// The one before, as long as it lacks its overlap.
    private RunningMac closing;
    private int inWindow;
    private int missing;

    Sidecar(MediaKeys keys) {
        this.key = keys.macKey().unsafeArray();
        this.window = RunningMac.sha256(key);
        this.closing = window;
        update(keys.iv().unsafeArray(), 0, keys.iv().size());
    }

    void update(byte[] bytes, int offset, int length) {
        int at = offset;
        int left = length;
        while (left > 0) {
            if (missing > 0) {
                int overlap = Math.min(missing, left);
                closing.update(bytes, at, overlap);
                missing -= overlap;
                if (missing == 0) {
                    close(closing);
                }
                // The overlap also begins the next window: a window's own bytes go on from the same place.
                take(bytes, at, overlap);
                at += overlap;
                left -= overlap;
            } else {
                int own = Math.min(STEP_BYTES - inWindow, left);
                take(bytes, at, own);
                at += own;
                left -= own;
            }
        }
    }

    private void take(byte[] bytes, int offset, int length) {
        window.update(bytes, offset, length);
        inWindow += length;
        if (inWindow == STEP_BYTES) {
            closing = window;
            missing = OVERLAP_BYTES;
            window = RunningMac.sha256(key);
            inWindow = 0;
        }
    }

    private void close(RunningMac full) {
        entries.write(full.end(), 0, ENTRY_BYTES);
    }

    Bytes end() {
        if (missing > 0) {
            close(closing);
        }
        if (inWindow > 0) {
            close(window);
        }
        return Bytes.wrap(entries.toByteArray());
    }
}
