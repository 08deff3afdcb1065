package dev.waggle.persistence.cassandra.rows;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.waggle.address.Bytes;
import dev.waggle.persistence.cassandra.link.CqlErrors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Rows of one partition in their order, page by page, under their whole keys.
final class Slice implements Iterator<Map.Entry<String, Bytes>> {
    private final String room;
    private CompletionStage<AsyncResultSet> page;
    private @Nullable Row row;

    Slice(String room, CompletionStage<AsyncResultSet> page) {
        this.room = room;
        this.page = page;
    }

    @Override
    public boolean hasNext() {
        while (row == null) {
            AsyncResultSet current = CqlErrors.join(page);
            row = current.one();
            if (row == null) {
                if (!current.hasMorePages()) {
                    return false;
                }
                page = current.fetchNextPage();
            }
        }
        return true;
    }

    @Override
    public Map.Entry<String, Bytes> next() {
        Row found = hasNext() ? row : null;
        if (found == null) {
            throw new NoSuchElementException();
        }
        row = null;
        return Map.entry(room + '\0' + Entries.name(found), Entries.value(found));
    }

    /// All of them in one order.
    static Iterator<Map.Entry<String, Bytes>> merged(List<Slice> slices) {
        if (slices.size() == 1) {
            return slices.getFirst();
        }
        record Head(Map.Entry<String, Bytes> entry, Slice rest) {}
        PriorityQueue<Head> heads = new PriorityQueue<>(
                Comparator.comparing((Head head) -> head.entry().getKey(), Texts.ORDER));
        for (Slice slice : new ArrayList<>(slices)) {
            if (slice.hasNext()) {
                heads.add(new Head(slice.next(), slice));
            }
        }
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !heads.isEmpty();
            }

            @Override
            public Map.Entry<String, Bytes> next() {
                Head first = heads.remove();
                if (first.rest().hasNext()) {
                    heads.add(new Head(first.rest().next(), first.rest()));
                }
                return first.entry();
            }
        };
    }
}
