package dev.waggle.storage;

import dev.waggle.storage.row.MessageKey;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The messages that are in the journal, by (chat, sender, id), so that a redelivery is recognised. Kept for 45
/// days ([dev.waggle.storage.write.Purge.Seen]).
public interface SeenStore extends StoreWriter {
    /// Those of the keys that were seen.
    CompletionStage<Set<MessageKey>> seenAmong(Collection<MessageKey> keys);

    /// A page of all keys in [MessageKey] order, beginning after `after`: to fill a filter at start.
    CompletionStage<List<MessageKey>> seenKeys(@Nullable MessageKey after, int limit);

    default CompletionStage<Boolean> seen(MessageKey key) {
        return seenAmong(Set.of(key)).thenApply(found -> !found.isEmpty());
    }
}
