package dev.waggle.storage;

import dev.waggle.storage.write.OpaqueValues;
import dev.waggle.storage.write.StoreWrite;
import java.util.List;

/// The limits of one call, the same for every backend.
public final class WriteLimits {
    private WriteLimits() {}

    /// @throws StoreException `storage-refused` when the batch or one of its values is too large
    public static void check(List<? extends StoreWrite> writes) {
        if (writes.size() > StoreWriter.BATCH_WRITES_MAX) {
            throw refused("writes in a batch: " + writes.size(), StoreWriter.BATCH_WRITES_MAX);
        }
        for (StoreWrite write : writes) {
            StoreWrite checked = OpaqueValues.map(write, (kind, key, value) -> {
                if (value.size() > StoreWriter.VALUE_BYTES_MAX) {
                    throw refused("bytes of a " + kind + ": " + value.size(), StoreWriter.VALUE_BYTES_MAX);
                }
                return value;
            });
            assert checked.equals(write);
        }
    }

    private static StoreException refused(String what, int max) {
        return new StoreException(StoreException.Code.STORAGE_REFUSED, what + " (expected: at most " + max + ")");
    }
}
