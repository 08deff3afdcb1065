package dev.waggle.media;

import dev.waggle.crypto.CbcStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;

/// A part of a file that was verified before: nothing is checked here. Not thread-safe.
public final class SliceStream extends InputStream {
    private static final int PIECE_BYTES = 64 * 1024;

    private final InputStream source;
    private final MediaKeys keys;
    private final long offset;
    private final byte[] piece = new byte[PIECE_BYTES];
    private final byte[] out = new byte[PIECE_BYTES + FileFacts.BLOCK_BYTES];
    private @org.jspecify.annotations.Nullable CbcStream cipher;
    private long left;
    private int at;
    private int end;

    /// Where in the encrypted file a part of the file begins to be read: one block before it, which its first block
    /// is chained to.
    public static long begin(long offset) {
        return Math.max(0, offset / FileFacts.BLOCK_BYTES - 1) * FileFacts.BLOCK_BYTES;
    }

    /// @param source the encrypted file from [#begin] on
    /// @param length the part's, within the file
    public SliceStream(InputStream source, MediaKeys keys, long offset, long length) {
        this.source = source;
        this.keys = keys;
        this.offset = offset;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /// @throws EOFException when the source ends before the part does
    @Override
    public int read(byte[] target, int to, int wanted) throws IOException {
        Objects.checkFromIndexSize(to, wanted, target.length);
        if (wanted == 0) {
            return 0;
        }
        if (left == 0) {
            return -1;
        }
        while (at >= end) {
            fill();
        }
        int given = (int) Math.min(Math.min(wanted, end - at), left);
        System.arraycopy(out, at, target, to, given);
        at += given;
        left -= given;
        return given;
    }

    private void fill() throws IOException {
        CbcStream running = cipher == null ? started() : cipher;
        int read = source.readNBytes(piece, 0, PIECE_BYTES);
        if (read < FileFacts.BLOCK_BYTES) {
            throw new EOFException("the encrypted file ends " + left + " bytes early");
        }
        // Of the MAC behind the last block no block comes out.
        int before = at - end;
        end = running.update(piece, 0, read, out, 0);
        at = before;
    }

    private CbcStream started() throws IOException {
        long block = offset / FileFacts.BLOCK_BYTES;
        byte[] iv = keys.iv().toArray();
        if (block > 0) {
            iv = Arrays.copyOf(source.readNBytes(FileFacts.BLOCK_BYTES), FileFacts.BLOCK_BYTES);
        }
        CbcStream running = CbcStream.decryptingBlocks(keys.cipherKey().unsafeArray(), iv);
        cipher = running;
        at = (int) (offset % FileFacts.BLOCK_BYTES);
        end = 0;
        return running;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
