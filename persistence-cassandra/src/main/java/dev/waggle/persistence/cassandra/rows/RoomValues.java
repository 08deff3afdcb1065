package dev.waggle.persistence.cassandra.rows;

import com.datastax.oss.driver.api.core.CqlSession;
import dev.waggle.storage.keyvalue.KeyValues;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The rows of all accounts. Each is a [Room] of its own; what happens in one does not wait for another.
public final class RoomValues implements KeyValues {
    private final Entries entries;
    private final ConcurrentHashMap<String, Room> rooms = new ConcurrentHashMap<>();
    private final Work work = new Work();

    /// @param prefix before the name of each room where it is stored, so that tests can share a keyspace
    public RoomValues(CqlSession session, String keyspace, String prefix) {
        this.entries = new Entries(session, keyspace, prefix);
    }

    private Room room(String name) {
        return rooms.computeIfAbsent(name, id -> new Room(id, entries, work.threads()));
    }

    private Room about(String key) {
        return room(Key.parse(key).room());
    }

    @Override
    public <T> CompletionStage<T> change(Function<Changing, T> step) {
        throw new UnsupportedOperationException("a step that does not say which room it is about");
    }

    @Override
    public <T> CompletionStage<T> read(Function<Reading, T> question) {
        throw new UnsupportedOperationException("a question that does not say which room it is about");
    }

    @Override
    public <T> CompletionStage<T> change(String about, Function<Changing, T> step) {
        return about(about).change(step);
    }

    @Override
    public <T> CompletionStage<T> read(String about, Function<Reading, T> question) {
        Room room = about(about);
        return work.answered(() -> room.ask(question));
    }

    @Override
    public CompletionStage<Void> clear(String name) {
        Room room = room(name);
        return work.answered(() -> {
                    room.clear();
                    return true;
                })
                .thenAccept(done -> {});
    }

    /// Waits for what was taken.
    @Override
    public void close() {
        work.close();
    }
}
