package dev.waggle.signal.ratchet;

import com.google.protobuf.UnsafeByteOperations;
import dev.waggle.proto.signal.StoredSkippedKeys;
import dev.waggle.signal.SignalException;
import dev.waggle.signal.stored.Stored;
import java.util.Arrays;

/// Seeds of messages that were passed over and may still come: at most 2,000 per chain, the oldest go first.
///
/// Two flat arrays, because a chain holds none of them nearly always and a whole gap of them otherwise.
/// Not the chain key in front of the gap: it would give away every later message to whoever steals the record.
public final class SkippedKeys {
    public static final int MAX = 2_000;
    public static final SkippedKeys NONE = new SkippedKeys(new int[0], new byte[0]);
    private static final int SEED = 32;

    /// Ascending.
    private final int[] counters;
    private final byte[] seeds;

    private SkippedKeys(int[] counters, byte[] seeds) {
        this.counters = counters;
        this.seeds = seeds;
    }

    public int size() {
        return counters.length;
    }

    /// Where the counter stands, negative when it does not.
    public int find(int counter) {
        return Arrays.binarySearch(counters, counter);
    }

    public byte[] seedAt(int position) {
        return Arrays.copyOfRange(seeds, position * SEED, (position + 1) * SEED);
    }

    public SkippedKeys without(int position) {
        int left = counters.length - 1;
        if (left == 0) {
            return NONE;
        }
        var fewer = new int[left];
        System.arraycopy(counters, 0, fewer, 0, position);
        System.arraycopy(counters, position + 1, fewer, position, left - position);
        var fewerSeeds = new byte[left * SEED];
        System.arraycopy(seeds, 0, fewerSeeds, 0, position * SEED);
        System.arraycopy(seeds, (position + 1) * SEED, fewerSeeds, position * SEED, (left - position) * SEED);
        return new SkippedKeys(fewer, fewerSeeds);
    }

    /// With the seeds of the counters `from` (inclusive) to `to` (exclusive), `chainKey` being that of `from`;
    /// `from` is above every counter held.
    public SkippedKeys plus(byte[] chainKey, int from, int to) {
        if (from == to) {
            return this;
        }
        int added = Math.min(to - from, MAX);
        int kept = Math.min(counters.length, MAX - added);
        var more = Arrays.copyOfRange(counters, counters.length - kept, counters.length + added);
        var moreSeeds = Arrays.copyOfRange(seeds, seeds.length - kept * SEED, seeds.length + added * SEED);
        var key = ChainKey.after(chainKey, to - from - added);
        for (int i = 0; i < added; i++) {
            more[kept + i] = to - added + i;
            System.arraycopy(ChainKey.seed(key), 0, moreSeeds, (kept + i) * SEED, SEED);
            key = ChainKey.next(key);
        }
        return new SkippedKeys(more, moreSeeds);
    }

    /// @throws SignalException when they are not ascending counters below `end` with one seed each
    public static SkippedKeys parse(StoredSkippedKeys stored, int end) {
        int count = stored.getCountersCount();
        if (count == 0) {
            return NONE;
        }
        if (count > MAX || stored.getSeeds().size() != count * SEED) {
            throw new SignalException("skipped keys", count, "at most " + MAX + ", 32 bytes each");
        }
        var counters = new int[count];
        for (int i = 0; i < count; i++) {
            counters[i] = stored.getCounters(i);
            if (counters[i] < 0 || counters[i] >= end || (i > 0 && counters[i] <= counters[i - 1])) {
                throw new SignalException("skipped counter", counters[i], "ascending, below " + end);
            }
        }
        return new SkippedKeys(counters, stored.getSeeds().toByteArray());
    }

    public StoredSkippedKeys stored() {
        var stored = StoredSkippedKeys.newBuilder().setSeeds(UnsafeByteOperations.unsafeWrap(seeds));
        for (int counter : counters) {
            stored.addCounters(counter);
        }
        return stored.build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SkippedKeys that
                && Arrays.equals(counters, that.counters)
                && Arrays.equals(seeds, that.seeds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counters);
    }

    @Override
    public String toString() {
        return "SkippedKeys[" + counters.length + "]";
    }
}
