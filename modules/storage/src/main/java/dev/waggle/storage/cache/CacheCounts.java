package dev.waggle.storage.cache;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// How often a cache was asked and what came of it, since it was started. Thread-safe.
public final class CacheCounts {
    /// What a lookup came to.
    public enum Outcome {
        HIT,
        MISS,
        /// Not answered, in time or at all: for the caller a miss.
        ERROR,
        /// The tenant was known to be away and nobody waited for it: for the caller a miss.
        UNASKED
    }

    private final Map<CacheNamespace, Map<Outcome, LongAdder>> counts = new EnumMap<>(CacheNamespace.class);

    public CacheCounts() {
        for (CacheNamespace namespace : CacheNamespace.values()) {
            Map<Outcome, LongAdder> own = new EnumMap<>(Outcome.class);
            for (Outcome outcome : Outcome.values()) {
                own.put(outcome, new LongAdder());
            }
            counts.put(namespace, own);
        }
    }

    public void count(CacheNamespace namespace, Outcome outcome, long lookups) {
        adder(namespace, outcome).add(lookups);
    }

    public long of(CacheNamespace namespace, Outcome outcome) {
        return adder(namespace, outcome).sum();
    }

    /// Over all namespaces.
    public long of(Outcome outcome) {
        long sum = 0;
        for (CacheNamespace namespace : CacheNamespace.values()) {
            sum += of(namespace, outcome);
        }
        return sum;
    }

    private LongAdder adder(CacheNamespace namespace, Outcome outcome) {
        Map<Outcome, LongAdder> own = counts.get(namespace);
        LongAdder adder = own == null ? null : own.get(outcome);
        if (adder == null) {
            throw new IllegalStateException("no counter for " + namespace + " " + outcome);
        }
        return adder;
    }
}
