package dev.waggle.storage.sqlite.file;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.StoreException.Code;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/// Reads on a few threads over a pool of read-only connections. A read that begins after a write completed sees it.
final class SqliteReaders {
    private final HikariDataSource pool;
    private final ThreadPoolExecutor threads;
    private final Map<Connection, SqlSession> sessions = new ConcurrentHashMap<>();

    SqliteReaders(String name, SQLiteDataSource source, int connections, int queueMax) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setPoolName("sqlite-readers-" + name);
        config.setMaximumPoolSize(connections);
        config.setReadOnly(true);
        // Their statements are worth more than the little that an idle connection holds.
        config.setMaxLifetime(0);
        this.pool = new HikariDataSource(config);
        this.threads = new ThreadPoolExecutor(
                connections,
                connections,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queueMax),
                Thread.ofPlatform()
                        .daemon()
                        .name("sqlite-reader-" + name + "-", 0)
                        .factory());
    }

    <T> CompletableFuture<T> submit(SqlTask<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            threads.execute(() -> answer(work, answer));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(
                    threads.isShutdown()
                            ? new StoreException(Code.STORAGE_UNAVAILABLE, "the file is closed", e)
                            : new StoreException(
                                    Code.STORAGE_BUSY, threads.getQueue().size() + " reads are waiting", e));
        }
        return answer;
    }

    private <T> void answer(SqlTask<T> work, CompletableFuture<T> answer) {
        T result;
        try (Connection pooled = pool.getConnection()) {
            // The pool's proxy closes statements when it is handed back; those of the connection below it live on.
            Connection raw = pooled.unwrap(SQLiteConnection.class);
            result = work.run(sessions.computeIfAbsent(raw, SqlSession::new));
        } catch (SQLException | RuntimeException e) {
            answer.completeExceptionally(SqlErrors.typed(e));
            return;
        } catch (Error e) {
            // The thread may die of it; who waits for the answer must not wait for ever.
            answer.completeExceptionally(e);
            throw e;
        }
        answer.complete(result);
    }

    void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                threads.shutdownNow().clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pool.close();
    }
}
