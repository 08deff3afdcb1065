package dev.waggle.persistence.cassandra.rows;

import dev.waggle.persistence.cassandra.link.CqlErrors;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.StoreException.Code;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Threads that may wait for Cassandra, and so many questions at once.
final class Work implements AutoCloseable {
    private static final int QUESTIONS_MAX = 10_000;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore questions = new Semaphore(QUESTIONS_MAX);

    Executor threads() {
        return threads;
    }

    <T> CompletionStage<T> answered(Supplier<T> question) {
        if (!questions.tryAcquire()) {
            return CompletableFuture.failedFuture(
                    new StoreException(Code.STORAGE_BUSY, QUESTIONS_MAX + " reads wait for Cassandra"));
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    T result = question.get();
                    questions.release();
                    answer.complete(result);
                } catch (RuntimeException | Error e) {
                    questions.release();
                    answer.completeExceptionally(CqlErrors.of(e));
                }
            });
        } catch (RejectedExecutionException e) {
            questions.release();
            answer.completeExceptionally(new StoreException(Code.STORAGE_UNAVAILABLE, "the store is closed", e));
        }
        return answer;
    }

    /// Waits for what was taken.
    @Override
    public void close() {
        threads.close();
    }
}
