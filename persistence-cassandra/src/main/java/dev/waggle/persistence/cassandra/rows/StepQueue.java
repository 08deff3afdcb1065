package dev.waggle.persistence.cassandra.rows;

import dev.waggle.storage.StoreException;
import dev.waggle.storage.StoreException.Code;
import dev.waggle.storage.keyvalue.KeyValues.Changing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;

/// Steps one after another, as many together as wait.
final class StepQueue {
    private static final int WAITING_MAX = 10_000;
    private static final int TOGETHER_MAX = 256;

    private final Executor executor;
    private final Consumer<List<Step<?>>> worker;
    private final ArrayDeque<Step<?>> waiting = new ArrayDeque<>();
    private boolean working;

    /// @param worker answers each of the steps; those that it did not are failed with what it threw
    StepQueue(Executor executor, Consumer<List<Step<?>>> worker) {
        this.executor = executor;
        this.worker = worker;
    }

    <T> CompletionStage<T> add(Function<Changing, T> change) {
        Step<T> step = new Step<>(change);
        synchronized (waiting) {
            if (waiting.size() >= WAITING_MAX) {
                return CompletableFuture.failedFuture(
                        new StoreException(Code.STORAGE_BUSY, WAITING_MAX + " writes wait for Cassandra"));
            }
            if (!working) {
                try {
                    executor.execute(this::work);
                    working = true;
                } catch (RejectedExecutionException e) {
                    return CompletableFuture.failedFuture(
                            new StoreException(Code.STORAGE_UNAVAILABLE, "the store is closed", e));
                }
            }
            waiting.add(step);
        }
        return step.answer();
    }

    private void work() {
        for (List<Step<?>> steps = next(); !steps.isEmpty(); steps = next()) {
            try {
                worker.accept(steps);
            } catch (RuntimeException | Error e) {
                steps.forEach(step -> step.fail(e));
            }
        }
    }

    private List<Step<?>> next() {
        List<Step<?>> steps = new ArrayList<>();
        synchronized (waiting) {
            while (!waiting.isEmpty() && steps.size() < TOGETHER_MAX) {
                steps.add(waiting.remove());
            }
            working = !steps.isEmpty();
        }
        return steps;
    }
}
