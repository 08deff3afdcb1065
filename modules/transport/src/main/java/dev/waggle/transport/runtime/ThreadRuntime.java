package dev.waggle.transport.runtime;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The default: a virtual thread for each piece of work, and one thread that looks at the clock.
public final class ThreadRuntime implements TaskRuntime {
    private final int most;
    private final AtomicInteger threads = new AtomicInteger();
    private final Set<Task<?>> open = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("tasks-clock").daemon().factory());
    private volatile boolean closed;

    /// @param most work that runs at once, counted until its thread ends; more is refused
    public ThreadRuntime(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("tasks: " + most + " (expected: 1 or more)");
        }
        this.most = most;
        clock.setRemoveOnCancelPolicy(true);
    }

    @Override
    public <T> Task<T> spawn(String name, Callable<T> work) {
        Work<T> task = new Work<>(work);
        if (threads.incrementAndGet() > most) {
            threads.decrementAndGet();
            return task.refuse("tasks: " + most + " (expected: fewer at once)");
        }
        open.add(task);
        if (closed) {
            open.remove(task);
            threads.decrementAndGet();
            return task.refuse(Due.CLOSED);
        }
        Thread.ofVirtual().name(name).start(() -> {
            try {
                task.run();
            } finally {
                open.remove(task);
                threads.decrementAndGet();
            }
        });
        return task;
    }

    @Override
    public Task<Void> after(Duration delay, String name, Runnable step) {
        return begun(Due.once(this, this::at, delay, name, step));
    }

    @Override
    public Task<Void> every(Duration delay, String name, Runnable step) {
        return begun(Due.again(this, this::at, delay, name, step));
    }

    private Task<Void> begun(Due due) {
        open.add(due);
        var _ = due.done().whenComplete((_, _) -> open.remove(due));
        due.begin();
        return due;
    }

    /// @throws TaskRefusedException when the runtime is closed
    private Runnable at(Duration delay, Runnable then) {
        try {
            var scheduled = clock.schedule(then, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        } catch (RejectedExecutionException _) {
            throw new TaskRefusedException(Due.CLOSED);
        }
    }

    @Override
    public <T> CompletionStage<T> within(Duration most, CompletionStage<T> stage) {
        CompletableFuture<T> copy = stage.toCompletableFuture().copy();
        return closed ? copy : copy.orTimeout(most.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        closed = true;
        clock.shutdownNow();
        open.forEach(Task::abort);
    }
}
