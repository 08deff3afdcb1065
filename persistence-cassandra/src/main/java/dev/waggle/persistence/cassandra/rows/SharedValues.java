package dev.waggle.persistence.cassandra.rows;

import com.datastax.oss.driver.api.core.CqlSession;
import dev.waggle.address.Bytes;
import dev.waggle.storage.keyvalue.KeyValues;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The rows that are kept once for the installation and changed by every node, each part a [Part] of its own.
public final class SharedValues implements KeyValues {
    /// Kinds of many rows, spread over so many parts; all others are small and have one.
    private static final Map<String, Integer> SPREAD = Map.of("account", 64, "data-key", 64, "document", 16);
    private static final Map<String, String> TOGETHER = Map.of("audited", "audit");

    private final PartTable table;
    private final Work work;
    private final ConcurrentHashMap<String, Part> parts = new ConcurrentHashMap<>();
    private final Reading stored = new StoredParts();

    /// @param prefix before the name of each part where it is stored, so that tests can share a keyspace
    public SharedValues(CqlSession session, String keyspace, String prefix) {
        this.table = new PartTable(session, keyspace, prefix);
        this.work = new Work();
    }

    private static int spread(String kind) {
        int colon = kind.indexOf(':');
        return SPREAD.getOrDefault(colon < 0 ? kind : kind.substring(0, colon), 1);
    }

    private static String part(Key key) {
        int hash = 0;
        // Written out: what is stored must not depend on how a library hashes.
        for (int i = 0; i < key.own().length(); i++) {
            hash = 31 * hash + key.own().charAt(i);
        }
        return part(key.kind(), Math.floorMod(hash ^ hash >>> 16, spread(key.kind())));
    }

    private static String part(String kind, int number) {
        return TOGETHER.getOrDefault(kind, kind) + "/" + number;
    }

    @Override
    public <T> CompletionStage<T> change(Function<Changing, T> step) {
        throw new UnsupportedOperationException("a step that does not say what it is about");
    }

    @Override
    public <T> CompletionStage<T> change(String about, Function<Changing, T> step) {
        return parts.computeIfAbsent(part(Key.parse(about)), id -> new Part(id, table, stored, work.threads()))
                .change(step);
    }

    @Override
    public <T> CompletionStage<T> read(Function<Reading, T> question) {
        return work.answered(() -> question.apply(stored));
    }

    /// Who opens the store may ask for what is there, never remove all of it.
    @Override
    public CompletionStage<Void> clear(String room) {
        throw new UnsupportedOperationException("removing what the installation shares");
    }

    @Override
    public void close() {
        work.close();
    }

    private final class StoredParts implements Reading {
        @Override
        public Optional<Bytes> get(String key) {
            return table.get(part(Key.parse(key)), Key.name(key));
        }

        @Override
        public Stream<Map.Entry<String, Bytes>> between(String after, String before) {
            Key from = Key.parse(after);
            List<Slice> slices = new ArrayList<>();
            IntStream.range(0, spread(from.kind()))
                    .mapToObj(number -> part(from.kind(), number))
                    .forEach(part -> slices.add(table.slice(from.room(), part, Key.name(after), Key.name(before))));
            Iterator<Map.Entry<String, Bytes>> merged = Slice.merged(slices);
            return StreamSupport.stream(
                    Spliterators.spliteratorUnknownSize(merged, Spliterator.ORDERED | Spliterator.NONNULL), false);
        }
    }
}
