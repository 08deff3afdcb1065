package dev.waggle.cache.redis;

import java.util.Optional;

/// What came of a question to the server.
sealed interface Reply<T> {
    record Given<T>(T value) implements Reply<T> {}

    /// It was asked, and gave no answer in time or a refusal.
    record Failed<T>() implements Reply<T> {}

    /// It was not asked: there is no connection yet, or it has failed too often just now. Nobody waited.
    record Unasked<T>() implements Reply<T> {}

    default Optional<T> answer() {
        return this instanceof Given<T>(var value) ? Optional.of(value) : Optional.empty();
    }
}
