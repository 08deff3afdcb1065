package dev.waggle.persistence.cassandra.rows;

import com.datastax.oss.driver.api.core.CqlSession;
import dev.waggle.storage.keyvalue.KeyValues;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The rows of all accounts. Each is a [Room] of its own; what happens in one does not wait for another.
public final class RoomValues implements KeyValues {
    private final Entries entries;
    private final int seenSeconds;
    private final ConcurrentHashMap<String, Used> rooms = new ConcurrentHashMap<>();
    private final Work work = new Work();

    /// @param prefix before the name of each room where it is stored, so that tests can share a keyspace
    /// @param seenSeconds how long the ids live by which a message that comes again is known; 0: for ever
    public RoomValues(CqlSession session, String keyspace, String prefix, int seenSeconds) {
        this.seenSeconds = seenSeconds;
        this.entries = new Entries(session, keyspace, prefix);
    }

    /// A room and how many have to do with it now.
    private record Used(Room room, int users) {}

    private Room enter(String name) {
        return rooms.compute(
                        name,
                        (id, used) -> used == null
                                ? new Used(new Room(id, entries, seenSeconds, work.threads()), 1)
                                : new Used(used.room(), used.users() + 1))
                .room();
    }

    /// A room that was only looked into is not kept: any node may be asked about any account. One that somebody
    /// owned is, also when another process took it: that is how whoever goes on writing here is told.
    private void leave(String name) {
        rooms.computeIfPresent(
                name,
                (id, used) -> used.users() == 1 && used.room().isForgettable()
                        ? null
                        : new Used(used.room(), used.users() - 1));
    }

    private <T> CompletionStage<T> inside(String name, Function<Room, CompletionStage<T>> work) {
        return work.apply(enter(name)).whenComplete((_, _) -> leave(name));
    }

    /// How many are kept.
    int size() {
        return rooms.size();
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
        return inside(Key.parse(about).room(), room -> room.change(step));
    }

    @Override
    public <T> CompletionStage<T> read(String about, Function<Reading, T> question) {
        return inside(Key.parse(about).room(), room -> work.answered(() -> room.ask(question)));
    }

    @Override
    public CompletionStage<Void> clear(String name) {
        return inside(
                        name,
                        room -> work.answered(() -> {
                            room.clear();
                            return true;
                        }))
                .thenAccept(done -> {});
    }

    /// Waits for what was taken.
    @Override
    public void close() {
        work.close();
    }
}
