package dev.waggle.persistence.cassandra.rows;

import dev.waggle.address.Bytes;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.StoreException.Code;
import dev.waggle.storage.keyvalue.KeyValues.Changing;
import dev.waggle.storage.keyvalue.KeyValues.Reading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One partition that several processes change. Steps are carried out over what is there and stored on condition
/// that it still is; otherwise they are carried out again.
final class Part {
    private static final int ATTEMPTS_MAX = 30;
    private static final int PAUSE_MAX_MILLIS = 60;
    private static final long GROUP_BYTES = 512 * 1024;

    private final String name;
    private final PartTable table;
    private final Reading stored;
    private final StepQueue queue;
    private @Nullable Left left;

    /// What our last change left. For a while it is likely to stand there still, and asking costs as much as
    /// being wrong.
    private record Left(UUID stamp, long nanos) {
        private static final long LIKELY_NANOS = TimeUnit.SECONDS.toNanos(5);

        boolean isLikely() {
            return System.nanoTime() - nanos < LIKELY_NANOS;
        }
    }

    Part(String name, PartTable table, Reading stored, Executor executor) {
        this.name = name;
        this.table = table;
        this.stored = stored;
        this.queue = new StepQueue(executor, this::work);
    }

    <T> CompletionStage<T> change(Function<Changing, T> step) {
        return queue.add(step);
    }

    private void work(List<Step<?>> steps) {
        int done = 0;
        while (done < steps.size()) {
            done = together(steps, done);
        }
    }

    private int together(List<Step<?>> steps, int from) {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            Left guess = left != null && left.isLikely() ? left : null;
            left = null;
            UUID over = guess == null ? table.stamp(name) : guess.stamp();
            Overlay group = new Overlay(stored);
            List<Runnable> answers = new ArrayList<>();
            int next = from;
            do {
                answers.add(steps.get(next++).over(group));
            } while (next < steps.size() && group.bytes() < GROUP_BYTES);
            if (group.changes().isEmpty() && guess != null) {
                // Nothing will show whether the guess was right, and the answer must not be about the past.
                continue;
            }
            if (stored(over, group)) {
                answers.forEach(Runnable::run);
                return next;
            }
            if (guess != null) {
                continue;
            }
            LockSupport.parkNanos(
                    TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextInt(1, PAUSE_MAX_MILLIS)));
        }
        throw new StoreException(Code.STORAGE_BUSY, "too many change " + name + " at once");
    }

    private boolean stored(@Nullable UUID over, Overlay group) {
        if (group.changes().isEmpty()) {
            return true;
        }
        Map<String, Optional<Bytes>> changes = new LinkedHashMap<>();
        group.changes().forEach((key, value) -> changes.put(Key.name(key), value));
        UUID leaves = UUID.randomUUID();
        boolean applied = table.change(name, over, leaves, changes);
        left = applied ? new Left(leaves, System.nanoTime()) : null;
        return applied;
    }
}
