package dev.waggle.persistence.cassandra.rows;

import dev.waggle.persistence.cassandra.link.CqlErrors;
import dev.waggle.persistence.cassandra.rows.Entries.Batch;
import dev.waggle.storage.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Batches side by side, but never more bytes of one room at once than a small server can hold.
final class Sending {
    private static final long BYTES_MAX = 4 * 1024 * 1024;
    private static final int BATCHES_MAX = 64;

    private final Entries entries;
    private final List<CompletionStage<?>> sent = new ArrayList<>();
    private long bytes;
    private @Nullable StoreException failure;

    Sending(Entries entries) {
        this.entries = entries;
    }

    Sending add(List<Batch> batches) {
        for (Batch batch : batches) {
            if (!sent.isEmpty() && (bytes + batch.size() > BYTES_MAX || sent.size() >= BATCHES_MAX)) {
                settle();
            }
            bytes += batch.size();
            sent.add(entries.send(batch));
        }
        return this;
    }

    private void settle() {
        for (CompletionStage<?> stage : sent) {
            try {
                CqlErrors.join(stage);
            } catch (StoreException e) {
                failure = e;
            }
        }
        sent.clear();
        bytes = 0;
        if (failure != null) {
            throw failure;
        }
    }

    /// All that was sent has ended before the first failure is told.
    void await() {
        settle();
    }
}
