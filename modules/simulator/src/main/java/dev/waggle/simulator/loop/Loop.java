package dev.waggle.simulator.loop;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that takes steps in the order of the calls. A failed step is logged and hurts no other; after
/// [#close] steps are dropped and questions fail.
public final class Loop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Loop.class);

    private final Thread own;
    private final ScheduledExecutorService steps;

    public Loop(String name) {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon(true).factory());
        steps = started;
        own = CompletableFuture.supplyAsync(Thread::currentThread, started).join();
    }

    public void run(Runnable step) {
        try {
            steps.execute(() -> guarded(step));
        } catch (RejectedExecutionException e) {
            log.debug("step after close");
        }
    }

    /// Runs after a while.
    public void after(Duration delay, Runnable step) {
        try {
            var _ = steps.schedule(() -> guarded(step), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("step after close");
        }
    }

    /// On the loop's own thread the question is answered at once, so that waiting for the answer cannot lock it up.
    public <T> CompletableFuture<T> ask(Callable<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (Thread.currentThread().equals(own)) {
            answer(question, answer);
            return answer;
        }
        try {
            steps.execute(() -> answer(question, answer));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    private static <T> void answer(Callable<T> question, CompletableFuture<T> answer) {
        try {
            answer.complete(question.call());
        } catch (Exception e) {
            answer.completeExceptionally(e);
        }
    }

    private static void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            log.error("a step of the simulator failed", e);
        }
    }

    @Override
    public void close() {
        var _ = steps.shutdownNow();
    }
}
