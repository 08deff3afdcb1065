package dev.waggle.persistence.cassandra.rows;

import dev.waggle.address.Bytes;
import dev.waggle.storage.keyvalue.KeyValues.Reading;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// What Cassandra has of a room.
final class Stored implements Reading {
    private final String room;
    private final Entries entries;
    private final Supplier<@Nullable Collection<String>> known;

    /// @param known the counted buckets that are there, in order; null: to be looked up
    Stored(String room, Entries entries, Supplier<@Nullable Collection<String>> known) {
        this.room = room;
        this.entries = entries;
        this.known = known;
    }

    @Override
    public Optional<Bytes> get(String key) {
        return entries.get(room, Layout.bucket(Key.parse(key)), Key.name(key));
    }

    @Override
    public Stream<Map.Entry<String, Bytes>> between(String after, String before) {
        Key from = Key.parse(after);
        String low = Key.name(after);
        String high = Key.name(before);
        if (Layout.form(from.kind()) instanceof Layout.Counted) {
            return counted(from).flatMap(bucket -> stream(entries.slice(room, bucket, low, high)));
        }
        String only = Layout.only(from, Key.parse(before));
        List<Slice> slices = new ArrayList<>();
        for (String bucket : only.isEmpty() ? Layout.buckets(from.kind()) : List.of(only)) {
            slices.add(entries.slice(room, bucket, low, high));
        }
        return stream(Slice.merged(slices));
    }

    /// Those of the kind that may hold something behind the key.
    private Stream<String> counted(Key from) {
        Collection<String> all = known.get();
        String first = Layout.bucket(from);
        return (all == null ? listed() : all.stream())
                .filter(bucket -> bucket.startsWith(from.kind() + "/") && bucket.compareTo(first) >= 0);
    }

    /// Counted buckets by the list that is stored.
    Stream<String> listed() {
        return stream(entries.slice(room, Layout.CORE, Layout.listing(""), Layout.listing("\uffff")))
                .map(entry -> Layout.listed(Key.name(entry.getKey())));
    }

    private static <T> Stream<T> stream(Iterator<T> iterator) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }
}
