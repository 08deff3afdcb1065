package dev.waggle.storage.sqlite.file;

import dev.waggle.storage.StoreException;
import dev.waggle.storage.StoreException.Code;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A task in the writer's queue: its work, what came of it, and the future that learns of it after the commit.
final class WriteTask<T> {
    private sealed interface Outcome<T> {
        record Done<T>(T value) implements Outcome<T> {}

        record Failed<T>(Throwable why) implements Outcome<T> {}
    }

    private final SqlTask<T> work;
    private final boolean alone;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private @Nullable Outcome<T> outcome;

    WriteTask(SqlTask<T> work, boolean alone) {
        this.work = work;
        this.alone = alone;
    }

    boolean alone() {
        return alone;
    }

    CompletableFuture<T> answer() {
        return answer;
    }

    /// @throws SQLException when the whole transaction is lost
    void runInSavepoint(SqlSession session) throws SQLException {
        session.update("SAVEPOINT task");
        if (!run(session)) {
            session.update("ROLLBACK TO task");
        }
        session.update("RELEASE task");
    }

    /// False when the work failed.
    boolean run(SqlSession session) {
        try {
            outcome = new Outcome.Done<>(work.run(session));
            return true;
        } catch (SQLException | RuntimeException e) {
            outcome = new Outcome.Failed<>(e);
            return false;
        }
    }

    void fail(Throwable why) {
        outcome = new Outcome.Failed<>(why);
    }

    void complete() {
        switch (outcome) {
            case Outcome.Done<T>(var value) -> answer.complete(value);
            case Outcome.Failed<T>(var why) -> answer.completeExceptionally(SqlErrors.typed(why));
            case null ->
                answer.completeExceptionally(new StoreException(Code.STORAGE_UNAVAILABLE, "the writer has died"));
        }
    }
}
