package dev.waggle.transport.runtime;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;

/// Where work runs that is no actor's: what waits for disks, hosts and bots, and what is due later. An actor's own
/// timers are the actor's. Thread-safe; nothing here blocks.
///
/// There is no call to yield: work has a thread of its own, or is the only one.
public interface TaskRuntime extends AutoCloseable {
    /// Starts work, which may wait as long as it likes.
    ///
    /// @param name of its thread, for people who look at a stack
    <T> Task<T> spawn(String name, Callable<T> work);

    /// Runs a step once, like spawned work, no sooner than after `delay`. Until then it takes no thread.
    Task<Void> after(Duration delay, String name, Runnable step);

    /// Runs a step again and again, each time `delay` after the last time ended, until it is aborted. A step that
    /// fails is logged, and comes again.
    ///
    /// @param delay longer than nothing
    Task<Void> every(Duration delay, String name, Runnable step);

    /// What the stage gives, or a `TimeoutException` when that takes longer than `most`. The stage itself goes on.
    <T> CompletionStage<T> within(Duration most, CompletionStage<T> stage);

    /// Aborts everything. Later work is refused; a later [#within] has no limit.
    @Override
    void close();
}
