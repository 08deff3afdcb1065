package dev.waggle.storage.keyvalue;

import dev.waggle.address.Bytes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;

/// A database that keeps bytes under texts, in the order of the texts (by code point): what a backend needs when it
/// is made by [KeyValueProvider]. Thread-safe. Texts are at most 2,000 characters, values at most
/// [dev.waggle.storage.StoreWriter#VALUE_BYTES_MAX] and a little.
///
/// A stage that fails does so with a [dev.waggle.storage.StoreException], also when the step threw one.
public interface KeyValues extends AutoCloseable {
    /// One state of the database.
    interface Reading {
        Optional<Bytes> get(String key);

        /// Those above `after` and below `before`, ascending. Read while it is gone through, and at most once.
        Stream<Map.Entry<String, Bytes>> between(String after, String before);
    }

    /// A state that is being changed: reads see the changes made so far.
    interface Changing extends Reading {
        void put(String key, Bytes value);

        /// Of what is not there: does nothing.
        void remove(String key);
    }

    /// Runs the step; completes with its answer when all its changes are durable. A step that throws, or cannot be
    /// made durable, leaves nothing behind. Steps are carried out one after another, in the order of the calls.
    <T> CompletionStage<T> change(Function<Changing, T> step);

    /// The same for a step that touches only rows of one room: all that is before the first zero character of
    /// `about`. Who keeps rooms apart may carry out the steps of others meanwhile. In the room that is kept for the
    /// whole installation a step touches only rows of the kind, and of the own name, that `about` has.
    default <T> CompletionStage<T> change(String about, Function<Changing, T> step) {
        return change(step);
    }

    /// Runs the question over one state that includes every change completed before.
    <T> CompletionStage<T> read(Function<Reading, T> question);

    /// The same for a question about one room only, see [#change(String, Function)].
    default <T> CompletionStage<T> read(String about, Function<Reading, T> question) {
        return read(question);
    }

    /// Removes every row of the room; not one step where that is too much for one.
    default CompletionStage<Void> clear(String room) {
        return change(room + '\0', changing -> {
                    changing.between(room + '\0', room + '\1')
                            .map(Map.Entry::getKey)
                            .toList()
                            .forEach(changing::remove);
                    return true;
                })
                .thenAccept(done -> {});
    }

    @Override
    void close();
}
