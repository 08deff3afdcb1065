package dev.waggle.transport.runtime;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.FutureTask;

/// Work that runs once; whoever runs it is interrupted when it is aborted.
final class Work<T> implements Task<T>, Runnable {
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private final FutureTask<T> work;

    Work(Callable<T> call) {
        work = new FutureTask<>(call) {
            @Override
            protected void done() {
                tell();
            }
        };
    }

    private void tell() {
        switch (work.state()) {
            case SUCCESS -> outcome.complete(work.resultNow());
            case FAILED -> outcome.completeExceptionally(work.exceptionNow());
            case CANCELLED -> outcome.completeExceptionally(new CancellationException("aborted"));
            case RUNNING -> throw new IllegalStateException("done, and not done");
        }
    }

    /// It never begins.
    Work<T> refuse(String why) {
        outcome.completeExceptionally(new TaskRefusedException(why));
        work.cancel(false);
        return this;
    }

    @Override
    public void run() {
        work.run();
    }

    @Override
    public CompletionStage<T> done() {
        return outcome.minimalCompletionStage();
    }

    @Override
    public void abort() {
        work.cancel(true);
    }
}
