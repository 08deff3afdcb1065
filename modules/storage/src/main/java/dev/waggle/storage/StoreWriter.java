package dev.waggle.storage;

import dev.waggle.storage.write.Purge;
import dev.waggle.storage.write.StoreWrite;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// The one way in: every port writes through this, so a backend implements change in two methods.
///
/// A call completes when its writes are durable, or fails with a [StoreException] and has changed nothing. A read
/// that begins after a write completed sees it. Writes are applied in the order in which they were given.
public interface StoreWriter {
    /// For writes that stand outside the journal: they carry no sequence and always apply.
    long UNMARKED = -1;
    /// More writes than this in one call are refused with [StoreException.Code#STORAGE_REFUSED].
    int BATCH_WRITES_MAX = 10_000;
    /// A single value above this many bytes, sealing included, is refused.
    int VALUE_BYTES_MAX = 8 * 1024 * 1024;

    /// Applies all writes, in order, as one atomic step together with the applied mark.
    ///
    /// @param appliedSequence the journal sequence (1..) that these writes come from, or [#UNMARKED]
    /// @return false when the applied mark is at or above `appliedSequence` already: then nothing was written
    CompletionStage<Boolean> write(List<? extends StoreWrite> writes, long appliedSequence);

    /// Removes what has expired; gives the number of rows removed. Not bounded in time: call it rarely, off the hot
    /// path.
    CompletionStage<Integer> purge(Purge purge);

    default CompletionStage<Void> write(StoreWrite... writes) {
        return write(List.of(writes));
    }

    default CompletionStage<Void> write(List<? extends StoreWrite> writes) {
        return write(writes, UNMARKED).thenAccept(applied -> {});
    }
}
