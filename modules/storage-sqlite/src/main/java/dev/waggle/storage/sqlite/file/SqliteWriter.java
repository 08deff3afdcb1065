package dev.waggle.storage.sqlite.file;

import dev.waggle.storage.StoreException;
import dev.waggle.storage.StoreException.Code;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that writes. Tasks that wait while a commit is on its way to the disk share the next one; each
/// runs under its own savepoint, so one that fails takes nobody with it.
///
/// When the commit itself fails, or SQLite gave up the whole transaction (a full disk), the tasks of the group are
/// run again one by one: what cannot be written fails alone, and what frees room still goes through.
final class SqliteWriter {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteWriter.class);

    private final SqlSession session;
    private final BlockingQueue<WriteTask<?>> queue;
    private final Executor answers;
    private final int groupMax;
    private final Thread thread;
    private final Object gate = new Object();
    private boolean closed;

    /// @param answers where futures are completed: never on the writing thread, whose time belongs to everybody
    SqliteWriter(String name, SqlSession session, Executor answers, int queueMax, int groupMax) {
        this.session = session;
        this.answers = answers;
        this.groupMax = groupMax;
        this.queue = new ArrayBlockingQueue<>(queueMax);
        this.thread = Thread.ofPlatform().daemon().name("sqlite-writer-" + name).unstarted(this::loop);
    }

    void start() {
        thread.start();
    }

    <T> CompletableFuture<T> submit(SqlTask<T> work) {
        return submit(new WriteTask<>(work, false));
    }

    /// Runs the task between two groups, outside any transaction.
    <T> CompletableFuture<T> alone(SqlTask<T> work) {
        return submit(new WriteTask<>(work, true));
    }

    private <T> CompletableFuture<T> submit(WriteTask<T> task) {
        synchronized (gate) {
            if (closed) {
                return CompletableFuture.failedFuture(
                        new StoreException(Code.STORAGE_UNAVAILABLE, "the file is closed"));
            }
            if (!queue.offer(task)) {
                return CompletableFuture.failedFuture(
                        new StoreException(Code.STORAGE_BUSY, queue.size() + " writes are waiting"));
            }
        }
        return task.answer();
    }

    /// Writes what was taken, then ends.
    void close() {
        synchronized (gate) {
            closed = true;
        }
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        List<WriteTask<?>> taken = new ArrayList<>(groupMax);
        try {
            work(taken);
        } finally {
            // After an orderly end there is nothing left. After an Error nobody may be left waiting.
            synchronized (gate) {
                closed = true;
            }
            queue.drainTo(taken);
            answer(List.copyOf(taken));
        }
    }

    private void work(List<WriteTask<?>> taken) {
        while (take(taken)) {
            int from = 0;
            for (int i = 0; i < taken.size(); i++) {
                if (taken.get(i).alone()) {
                    commit(taken.subList(from, i));
                    taken.get(i).run(session);
                    answer(List.of(taken.get(i)));
                    from = i + 1;
                }
            }
            commit(taken.subList(from, taken.size()));
            taken.clear();
        }
    }

    /// Waits for work. Once closed, takes what is left without waiting; false when that was all.
    private boolean take(List<WriteTask<?>> taken) {
        try {
            if (queue.isEmpty() && isClosed()) {
                return false;
            }
            taken.add(queue.take());
        } catch (InterruptedException e) {
            // Only close() interrupts; what is queued is still written.
        }
        queue.drainTo(taken, groupMax - taken.size());
        return !taken.isEmpty() || !isClosed();
    }

    private boolean isClosed() {
        synchronized (gate) {
            return closed;
        }
    }

    private void commit(List<WriteTask<?>> group) {
        if (group.isEmpty()) {
            return;
        }
        try {
            session.update("BEGIN IMMEDIATE");
            for (WriteTask<?> task : group) {
                task.runInSavepoint(session);
            }
            session.update("COMMIT");
        } catch (SQLException | RuntimeException e) {
            LOG.debug("a group of {} writes is run again one by one", group.size(), e);
            rollback();
            group.forEach(this::commitAlone);
        }
        answer(List.copyOf(group));
    }

    private void commitAlone(WriteTask<?> task) {
        try {
            session.update("BEGIN IMMEDIATE");
            if (task.run(session)) {
                session.update("COMMIT");
            } else {
                rollback();
            }
        } catch (SQLException | RuntimeException e) {
            rollback();
            task.fail(e);
        }
    }

    private void rollback() {
        try {
            session.update("ROLLBACK");
        } catch (SQLException e) {
            LOG.debug("nothing to roll back", e);
        }
    }

    private void answer(List<WriteTask<?>> group) {
        answers.execute(() -> group.forEach(WriteTask::complete));
    }
}
