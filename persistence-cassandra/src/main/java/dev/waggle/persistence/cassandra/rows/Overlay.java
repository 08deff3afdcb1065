package dev.waggle.persistence.cassandra.rows;

import dev.waggle.address.Bytes;
import dev.waggle.storage.keyvalue.KeyValues.Changing;
import dev.waggle.storage.keyvalue.KeyValues.Reading;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Changes that were made and not stored yet, over the state that they are made to.
public final class Overlay implements Changing {
    private final Reading below;
    private final TreeMap<String, Optional<Bytes>> changes = new TreeMap<>(Texts.ORDER);
    private long bytes;

    public Overlay(Reading below) {
        this.below = below;
    }

    /// By key; an empty value is a removal.
    public NavigableMap<String, Optional<Bytes>> changes() {
        return changes;
    }

    /// Of keys and values, as put.
    public long bytes() {
        return bytes;
    }

    /// Everything once more, over another one.
    public void into(Overlay other) {
        changes.forEach(other::change);
    }

    private void change(String key, Optional<Bytes> value) {
        bytes += key.length() + value.map(Bytes::size).orElse(0);
        changes.put(key, value);
    }

    @Override
    public void put(String key, Bytes value) {
        change(key, Optional.of(value));
    }

    @Override
    public void remove(String key) {
        change(key, Optional.empty());
    }

    @Override
    public Optional<Bytes> get(String key) {
        Optional<Bytes> changed = changes.get(key);
        return changed == null ? below.get(key) : changed;
    }

    @Override
    public Stream<Map.Entry<String, Bytes>> between(String after, String before) {
        NavigableMap<String, Optional<Bytes>> changed = changes.subMap(after, false, before, false);
        if (changed.isEmpty()) {
            return below.between(after, before);
        }
        // A copy: who reads may change what it has read.
        Iterator<Map.Entry<String, Bytes>> merged = new Merged(
                new TreeMap<>(changed).entrySet().iterator(),
                below.between(after, before).iterator());
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(merged, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    private static final class Merged implements Iterator<Map.Entry<String, Bytes>> {
        private final Iterator<Map.Entry<String, Optional<Bytes>>> changed;
        private final Iterator<Map.Entry<String, Bytes>> stored;
        private Map.@Nullable Entry<String, Optional<Bytes>> change;
        private Map.@Nullable Entry<String, Bytes> row;
        private Map.@Nullable Entry<String, Bytes> next;

        Merged(Iterator<Map.Entry<String, Optional<Bytes>>> changed, Iterator<Map.Entry<String, Bytes>> stored) {
            this.changed = changed;
            this.stored = stored;
        }

        @Override
        public boolean hasNext() {
            while (next == null) {
                change = change == null && changed.hasNext() ? changed.next() : change;
                row = row == null && stored.hasNext() ? stored.next() : row;
                if (change == null && row == null) {
                    return false;
                }
                advance(change, row);
            }
            return true;
        }

        private void advance(
                Map.@Nullable Entry<String, Optional<Bytes>> changing, Map.@Nullable Entry<String, Bytes> stands) {
            int order = changing == null
                    ? 1
                    : stands == null ? -1 : Texts.ORDER.compare(changing.getKey(), stands.getKey());
            if (order > 0) {
                next = stands;
                row = null;
                return;
            }
            if (changing != null) {
                next = changing.getValue()
                        .map(value -> Map.entry(changing.getKey(), value))
                        .orElse(null);
            }
            change = null;
            row = order == 0 ? null : row;
        }

        @Override
        public Map.Entry<String, Bytes> next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            Map.Entry<String, Bytes> found = next;
            next = null;
            return found;
        }
    }
}
