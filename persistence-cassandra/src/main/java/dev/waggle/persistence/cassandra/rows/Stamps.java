package dev.waggle.persistence.cassandra.rows;

import dev.waggle.storage.StoreException;
import dev.waggle.storage.StoreException.Code;

/// Timestamps of writes: the epoch of the owner, then its count. A write of an earlier owner loses against every
/// later one, whenever it arrives and whatever any clock says.
final class Stamps {
    private static final int COUNT_BITS = 41;
    private static final long EPOCH_MAX = (1L << (Long.SIZE - 1 - COUNT_BITS)) - 1;
    private static final long COUNT_MAX = (1L << COUNT_BITS) - 1;

    private Stamps() {}

    /// @throws StoreException `storage-refused` when the room changed hands four million times
    static void check(long epoch) {
        if (epoch < 1 || epoch > EPOCH_MAX) {
            throw new StoreException(Code.STORAGE_REFUSED, "epoch: " + epoch + " (expected: 1.." + EPOCH_MAX + ")");
        }
    }

    static long of(long epoch, long count) {
        check(epoch);
        if (count < 1 || count > COUNT_MAX) {
            throw new StoreException(Code.STORAGE_REFUSED, "writes of one epoch: more than " + COUNT_MAX);
        }
        return epoch << COUNT_BITS | count;
    }
}
