package dev.waggle.platform.spool;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// What is written to the shelf: beyond what was reserved, room is taken as it comes.
final class Counted extends FilterOutputStream {
    private static final long STEP_BYTES = 64 * 1024;

    private final Shelf shelf;
    private long reserved;
    private long written;

    Counted(OutputStream out, Shelf shelf, long reserved) {
        super(out);
        this.shelf = shelf;
        this.reserved = reserved;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (written + length > reserved) {
            long more = Math.max(STEP_BYTES, length);
            shelf.reserve(more);
            reserved += more;
        }
        out.write(bytes, offset, length);
        written += length;
    }

    /// Nothing of it stays.
    void giveBack() {
        shelf.release(reserved);
        reserved = 0;
    }

    /// Only what was written counts.
    void settle() {
        shelf.release(reserved - written);
        reserved = written;
    }
}
