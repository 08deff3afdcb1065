package dev.waggle.storage;

import dev.waggle.storage.write.StoreWrite;
import java.util.List;

/// What the journal up to and including `sequence` (1..) means for the stores: written as one step, and only once.
public record Batch(long sequence, List<StoreWrite> writes) {
    public Batch {
        if (sequence < 1) {
            throw new IllegalArgumentException("batch sequence: " + sequence + " (expected: 1 or more)");
        }
        writes = List.copyOf(writes);
    }
}
