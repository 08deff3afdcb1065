package dev.waggle.storage;

import java.util.concurrent.CompletionStage;

/// How far the stores have followed the account's journal. Re-applying a tail of the journal after a crash is
/// harmless.
public interface ProjectionStore extends StoreWriter {
    /// The journal sequence that the stores stand at; 0 before the first batch.
    CompletionStage<Long> appliedSequence();

    /// One atomic write of the batch and its mark.
    ///
    /// @return false when the mark stands at or above the batch's sequence: then nothing was written
    default CompletionStage<Boolean> apply(Batch batch) {
        return write(batch.writes(), batch.sequence());
    }
}
