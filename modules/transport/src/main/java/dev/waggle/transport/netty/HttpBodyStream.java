package dev.waggle.transport.netty;

import dev.waggle.transport.http.HttpException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The body of an answer, between the channel's thread, which adds, and the reader, which waits.
///
/// At the high mark the channel is not read any more; below the low mark it is told to go on.
final class HttpBodyStream extends InputStream {
    private static final int HIGH = 256 * 1024;
    private static final int LOW = 64 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<byte[]> chunks = new ArrayDeque<>();
    private final Duration idleMax;
    private final long bytesMax;
    private final Runnable readOn;
    private final Runnable abort;
    private int position;
    private int buffered;
    private long total;
    private boolean ended;
    private boolean closed;
    private @Nullable HttpException failure;

    /// @param readOn lets the channel read on
    /// @param abort ends the connection
    HttpBodyStream(Duration idleMax, long bytesMax, Runnable readOn, Runnable abort) {
        this.idleMax = idleMax;
        this.bytesMax = bytesMax;
        this.readOn = readOn;
        this.abort = abort;
    }

    /// False when the limit is passed: then the body has failed.
    boolean add(byte[] bytes) {
        lock.lock();
        try {
            total += bytes.length;
            if (total > bytesMax) {
                failed(new HttpException(
                        HttpException.Kind.TOO_LARGE, "more than " + bytesMax + " bytes of body", true));
                return false;
            }
            if (bytes.length > 0 && !closed) {
                chunks.add(bytes);
                buffered += bytes.length;
                changed.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// What came before is still read.
    void failed(HttpException cause) {
        lock.lock();
        try {
            if (failure == null && !ended) {
                failure = cause;
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean wantsMore() {
        lock.lock();
        try {
            return buffered < HIGH && !ended && failure == null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        java.util.Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        boolean go;
        int taken;
        lock.lock();
        try {
            byte[] chunk = await();
            if (chunk == null) {
                return -1;
            }
            taken = Math.min(length, chunk.length - position);
            System.arraycopy(chunk, position, into, offset, taken);
            position += taken;
            if (position == chunk.length) {
                chunks.poll();
                position = 0;
            }
            go = buffered >= LOW && buffered - taken < LOW && !ended;
            buffered -= taken;
        } finally {
            lock.unlock();
        }
        if (go) {
            readOn.run();
        }
        return taken;
    }

    private byte @Nullable [] await() throws IOException {
        long left = idleMax.toNanos();
        while (!closed && chunks.isEmpty() && !ended && failure == null) {
            if (left <= 0) {
                failure = new HttpException(HttpException.Kind.TIMEOUT, "no byte of the body in time", true);
                abort.run();
                break;
            }
            try {
                left = changed.awaitNanos(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
        if (closed) {
            throw new IOException("closed");
        }
        HttpException cause = failure;
        if (chunks.isEmpty() && cause != null) {
            throw new HttpException(cause.kind(), cause.detail(), true);
        }
        return chunks.peek();
    }

    @Override
    public int available() {
        lock.lock();
        try {
            return buffered;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        boolean early;
        lock.lock();
        try {
            early = !closed && !ended && failure == null;
            closed = true;
            chunks.clear();
            buffered = 0;
            changed.signal();
        } finally {
            lock.unlock();
        }
        if (early) {
            abort.run();
        }
    }
}
