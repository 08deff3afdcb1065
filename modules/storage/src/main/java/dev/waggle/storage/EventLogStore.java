package dev.waggle.storage;

import dev.waggle.storage.row.EventRow;
import dev.waggle.storage.row.EventSpan;
import dev.waggle.storage.write.LedgerWrite;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// The account's public events, numbered without gaps by its single writer. Appending a sequence that is there
/// already changes nothing. Retention is [dev.waggle.storage.write.Purge.Events], per set of types.
public interface EventLogStore extends StoreWriter {
    int PAGE_MAX = 1_000;

    /// Events above `after`, ascending.
    ///
    /// @param types exact event types; empty means all
    /// @param limit 1..[#PAGE_MAX]
    CompletionStage<List<EventRow>> readEvents(long after, Set<String> types, int limit);

    /// What a reader of these types can still get: below the floor events are gone.
    CompletionStage<EventSpan> eventSpan(Set<String> types);

    /// The highest number that an event ever had, 0 when there was none. Readers who are at the end ask this again
    /// and again, so it should cost one look.
    default CompletionStage<Long> latestEvent() {
        return eventSpan(Set.of()).thenApply(EventSpan::latest);
    }

    default CompletionStage<Void> appendEvents(List<EventRow> events) {
        return write(events.stream().map(LedgerWrite.AppendEvent::new).toList());
    }
}
