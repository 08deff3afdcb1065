package dev.waggle.transport.runtime;

import java.util.concurrent.CompletionStage;

/// Work that was given to a runtime. Thread-safe.
public interface Task<T> {
    /// What the work gave, or its own exception; a `CancellationException` once it was aborted, a
    /// [TaskRefusedException] when it was never taken. Completing it from outside changes nothing.
    CompletionStage<T> done();

    /// Ends it: what has not begun never does, what waits is interrupted. [#done()] is over when this returns; work
    /// that does not heed the interruption goes on, and nobody hears of it. Does nothing when the work is done.
    void abort();
}
