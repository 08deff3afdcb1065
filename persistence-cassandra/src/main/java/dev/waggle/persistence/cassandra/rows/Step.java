package dev.waggle.persistence.cassandra.rows;

import dev.waggle.persistence.cassandra.link.CqlErrors;
import dev.waggle.storage.keyvalue.KeyValues.Changing;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// A change that waits for its turn, and who waits for it.
final class Step<T> {
    private final Function<Changing, T> change;
    private final CompletableFuture<T> answer = new CompletableFuture<>();

    Step(Function<Changing, T> change) {
        this.change = change;
    }

    CompletionStage<T> answer() {
        return answer;
    }

    /// Carries it out over the state; what throws changes nothing.
    ///
    /// @return what to do when the state is stored
    Runnable over(Overlay state) {
        Overlay own = new Overlay(state);
        try {
            T result = change.apply(own);
            own.into(state);
            return () -> answer.complete(result);
        } catch (RuntimeException e) {
            return () -> fail(e);
        }
    }

    /// Of no effect when it was answered before.
    void fail(Throwable why) {
        answer.completeExceptionally(CqlErrors.of(why));
    }
}
