package dev.waggle.transport.runtime;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A runtime for tests: nothing runs and no time passes but when the test says so, and the same test runs the same
/// way each time. Work runs on the thread of [#run()] or [#advance], one after the other in the order it was
/// spawned, steps in the order they fall due. Work that waits for other work would wait for ever.
///
/// Work may be given from any thread.
public final class ManualRuntime implements TaskRuntime {
    private static final int STEPS_MAX = 1_000_000;

    private record Timer(Instant at, long order, Runnable then) {}

    private final int most;
    private final Deque<Work<?>> ready = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparing(Timer::at).thenComparingLong(Timer::order));
    private final Set<Task<?>> open = new HashSet<>();
    private Instant now;
    private long order;
    private boolean closed;

    /// @param most work that waits to be run; more is refused
    public ManualRuntime(int most, Instant now) {
        this.most = most;
        this.now = now;
    }

    /// Its time, for what takes a clock.
    public Clock clock() {
        InstantSource source = this::now;
        return source.withZone(ZoneOffset.UTC);
    }

    private synchronized Instant now() {
        return now;
    }

    /// Steps that are not due yet.
    public synchronized int waiting() {
        return timers.size();
    }

    /// Runs what is ready, and what becomes ready by that.
    ///
    /// @return how much that was
    /// @throws IllegalStateException when it never ends
    public int run() {
        int steps = 0;
        for (Work<?> next = next(); next != null; next = next()) {
            next.run();
            if (++steps == STEPS_MAX) {
                throw new IllegalStateException("steps: " + steps + " (expected: an end)");
            }
        }
        return steps;
    }

    private synchronized @Nullable Work<?> next() {
        return ready.poll();
    }

    /// Lets time go by, from one step that falls due to the next, and runs what is ready at each.
    public void advance(Duration span) {
        run();
        Instant end = now().plus(span);
        for (Timer due = due(end); due != null; due = due(end)) {
            due.then().run();
            run();
        }
        synchronized (this) {
            now = end;
        }
    }

    private synchronized @Nullable Timer due(Instant end) {
        Timer first = timers.peek();
        if (first == null || first.at().isAfter(end)) {
            return null;
        }
        now = first.at().isAfter(now) ? first.at() : now;
        return timers.poll();
    }

    @Override
    public synchronized <T> Task<T> spawn(String name, Callable<T> work) {
        Work<T> task = new Work<>(work);
        if (closed) {
            return task.refuse(Due.CLOSED);
        }
        if (ready.size() >= most) {
            return task.refuse("tasks: " + most + " (expected: fewer at once)");
        }
        ready.add(task);
        return kept(task);
    }

    @Override
    public Task<Void> after(Duration delay, String name, Runnable step) {
        Due due = Due.once(this, this::at, delay, name, step);
        due.begin();
        return kept(due);
    }

    @Override
    public Task<Void> every(Duration delay, String name, Runnable step) {
        Due due = Due.again(this, this::at, delay, name, step);
        due.begin();
        return kept(due);
    }

    private <T, K extends Task<T>> K kept(K task) {
        synchronized (this) {
            open.add(task);
        }
        var _ = task.done().whenComplete((_, _) -> {
            synchronized (this) {
                open.remove(task);
            }
        });
        return task;
    }

    private synchronized Runnable at(Duration delay, Runnable then) {
        if (closed) {
            throw new TaskRefusedException(Due.CLOSED);
        }
        Timer timer = new Timer(now.plus(delay), order++, then);
        timers.add(timer);
        return () -> remove(timer);
    }

    private synchronized void remove(Timer timer) {
        timers.remove(timer);
    }

    @Override
    public <T> CompletionStage<T> within(Duration most, CompletionStage<T> stage) {
        CompletableFuture<T> copy = stage.toCompletableFuture().copy();
        Task<Void> limit =
                after(most, "limit", () -> copy.completeExceptionally(new TimeoutException("longer than " + most)));
        var _ = copy.whenComplete((_, _) -> limit.abort());
        return copy;
    }

    @Override
    public void close() {
        Set<Task<?>> last;
        synchronized (this) {
            closed = true;
            ready.clear();
            last = Set.copyOf(open);
        }
        last.forEach(Task::abort);
    }
}
