package dev.waggle.platform.account.ciphers;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/// Runs a cipher's operations one after another although each of them waits for the store: the next begins when the
/// present one says [Turn#end]. Everything here happens in the actor's own thread.
final class Turns<C> {
    /// An operation of which it is the turn.
    interface Turn {
        void begin();
    }

    private final ActorContext<C> context;
    private final java.util.function.Function<Runnable, C> continuation;
    private final Deque<Turn> waiting = new ArrayDeque<>();
    private boolean busy;

    Turns(ActorContext<C> context, java.util.function.Function<Runnable, C> continuation) {
        this.context = context;
        this.continuation = continuation;
    }

    void add(Turn turn) {
        waiting.add(turn);
        next();
    }

    void end() {
        busy = false;
        next();
    }

    private void next() {
        while (!busy && !waiting.isEmpty()) {
            busy = true;
            waiting.poll().begin();
        }
    }

    boolean idle() {
        return !busy && waiting.isEmpty();
    }

    /// Goes on in the actor with what the stage gives.
    <T> void then(CompletionStage<T> stage, BiConsumer<@Nullable T, @Nullable Throwable> step) {
        context.pipeToSelf(stage, (value, failure) -> continuation.apply(() -> step.accept(value, failure)));
    }

    /// Goes on with the value, or fails the promise and ends the turn.
    <T> void orFail(CompletionStage<T> stage, CompletableFuture<?> promise, Consumer<T> step) {
        then(stage, (value, failure) -> {
            if (failure != null || value == null) {
                promise.completeExceptionally(failure != null ? failure : new IllegalStateException("no value"));
                end();
            } else {
                step.accept(value);
            }
        });
    }

    /// How long a clean record may stay behind its stored form.
    static final Duration BEHIND_MAX = Duration.ofMillis(500);

    static <C> void later(TimerScheduler<C> timers, Object key, C message) {
        if (!timers.isTimerActive(key)) {
            timers.startSingleTimer(key, message, BEHIND_MAX);
        }
    }
}
