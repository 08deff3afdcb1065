package dev.waggle.platform.account.media;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// How many transfers of a node are under way: some, a few more wait, the rest is refused. Thread-safe.
public final class TransferGate {
    private final Semaphore permits;
    private final AtomicInteger inside = new AtomicInteger();
    private final int most;

    public TransferGate(MediaSettings settings) {
        permits = new Semaphore(settings.transfersMax(), true);
        most = settings.transfersMax() + settings.waitingMax();
    }

    @FunctionalInterface
    interface Transfer<T> {
        T run() throws IOException;
    }

    /// Under way or waiting for their turn.
    int inside() {
        return inside.get();
    }

    /// Runs it when its turn has come.
    ///
    /// @throws TransferException `BUSY` when too many wait already
    <T> T pass(Transfer<T> transfer) throws IOException {
        if (inside.incrementAndGet() > most) {
            inside.decrementAndGet();
            throw new TransferException(TransferException.Kind.BUSY, "transfers: " + most + " (expected: fewer)");
        }
        try {
            permits.acquireUninterruptibly();
            try {
                return transfer.run();
            } finally {
                permits.release();
            }
        } finally {
            inside.decrementAndGet();
        }
    }
}
