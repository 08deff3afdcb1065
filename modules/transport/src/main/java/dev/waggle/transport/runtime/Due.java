package dev.waggle.transport.runtime;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A step that waits for its time, once or again and again; then it is spawned like any work.
final class Due implements Task<Void> {
    static final String CLOSED = "the runtime is closed";
    private static final Logger log = LoggerFactory.getLogger(Due.class);

    /// Somebody who looks at the clock.
    @FunctionalInterface
    interface Clock {
        /// Calls `then` when the time has come; what is given back lets it be.
        ///
        /// @throws TaskRefusedException when nobody looks any more
        Runnable at(Duration delay, Runnable then);
    }

    private final TaskRuntime runtime;
    private final Clock clock;
    private final Duration delay;
    private final String name;
    private final Runnable step;
    private final boolean again;
    private final CompletableFuture<Void> outcome = new CompletableFuture<>();
    /// Ends what is the case now: the waiting, or the step.
    private Runnable end = () -> {};

    private Due(TaskRuntime runtime, Clock clock, Duration delay, String name, Runnable step, boolean again) {
        this.runtime = runtime;
        this.clock = clock;
        this.delay = delay;
        this.name = name;
        this.step = step;
        this.again = again;
    }

    static Due once(TaskRuntime runtime, Clock clock, Duration delay, String name, Runnable step) {
        return new Due(runtime, clock, delay.isNegative() ? Duration.ZERO : delay, name, step, false);
    }

    static Due again(TaskRuntime runtime, Clock clock, Duration delay, String name, Runnable step) {
        if (delay.isZero() || delay.isNegative()) {
            throw new IllegalArgumentException("delay: " + delay + " (expected: longer than nothing)");
        }
        return new Due(runtime, clock, delay, name, step, true);
    }

    synchronized void begin() {
        if (outcome.isDone()) {
            return;
        }
        try {
            end = clock.at(delay, this::spawn);
        } catch (TaskRefusedException e) {
            outcome.completeExceptionally(e);
        }
    }

    private synchronized void spawn() {
        if (outcome.isDone()) {
            return;
        }
        Task<Void> running = runtime.spawn(name, () -> {
            step.run();
            return null;
        });
        end = running::abort;
        var _ = running.done().whenComplete((_, failure) -> over(failure));
    }

    private void over(@Nullable Throwable failure) {
        if (!again) {
            if (failure == null) {
                outcome.complete(null);
            } else {
                outcome.completeExceptionally(failure);
            }
            return;
        }
        if (failure != null && !outcome.isDone()) {
            log.warn("{} failed, and comes again in {}", name, delay, failure);
        }
        begin();
    }

    @Override
    public CompletionStage<Void> done() {
        return outcome.minimalCompletionStage();
    }

    @Override
    public void abort() {
        Runnable now;
        synchronized (this) {
            if (!outcome.completeExceptionally(new CancellationException("aborted"))) {
                return;
            }
            now = end;
        }
        now.run();
    }
}
