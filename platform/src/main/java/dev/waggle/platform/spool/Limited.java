package dev.waggle.platform.spool;

import dev.waggle.platform.port.SpoolException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/// A stream that is refused as soon as it is longer than it may be.
final class Limited extends FilterInputStream {
    private final Supplier<SpoolException> refusal;
    private long left;

    Limited(InputStream in, long most, Supplier<SpoolException> refusal) {
        super(in);
        this.left = most;
        this.refusal = refusal;
    }

    @Override
    public int read() throws IOException {
        int one = in.read();
        count(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int bytes) throws SpoolException {
        left -= bytes;
        if (left < 0) {
            throw refusal.get();
        }
    }
}
