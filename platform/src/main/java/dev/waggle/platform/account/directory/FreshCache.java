package dev.waggle.platform.account.directory;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.waggle.address.Bytes;
import dev.waggle.proto.cache.Cached;
import dev.waggle.proto.cache.CachedHandover;
import dev.waggle.storage.cache.AccountCache;
import dev.waggle.storage.cache.CacheNamespace;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/// An account's part of the cache, and what may be believed of it. Thread-safe; no stage fails.
///
/// Every entry carries who wrote it, and when in that owner's life. Whenever a delete did not certainly happen, or
/// the cache had a gap, nothing older is believed any more: an entry that came back is a miss. An owner that ends
/// in order leaves a note of what the next one may believe; without that note (the process died, the cache was
/// away) the next one believes nothing that was there before it.
public final class FreshCache {
    private static final CacheNamespace NOTES = CacheNamespace.DEVICE_REGISTRY;
    private static final String HANDOVER = "handover";

    /// A moment in the lives of an account's owners.
    private record Mark(long epoch, long stamp) {
        boolean isAfter(Mark other) {
            return epoch != other.epoch ? epoch > other.epoch : stamp > other.stamp;
        }
    }

    private final AccountCache cache;
    private final long epoch;
    private final CompletionStage<Done> begun;
    private final Map<CacheNamespace, Long> changes = new EnumMap<>(CacheNamespace.class);
    private long stamp;
    private Mark floor;
    private long gaps;

    /// @param epoch of this owner; that of the one before is one less
    public FreshCache(AccountCache cache, long epoch) {
        this.cache = cache;
        this.epoch = epoch;
        this.gaps = cache.gaps();
        this.floor = new Mark(epoch, 0);
        this.begun = cache.get(NOTES, HANDOVER).thenApply(note -> {
            note.flatMap(FreshCache::parsed).ifPresent(this::takeOver);
            return Done.getInstance();
        });
    }

    private synchronized void takeOver(Cached note) {
        if (note.hasHandover() && note.getEpoch() == epoch - 1 && stamp == 0 && gaps == cache.gaps()) {
            floor = new Mark(
                    note.getHandover().getFromEpoch(), note.getHandover().getFromStamp());
        }
    }

    private static Optional<Cached> parsed(Bytes value) {
        try {
            return Optional.of(Cached.parseFrom(value.unsafeArray()));
        } catch (InvalidProtocolBufferException _) {
            return Optional.empty();
        }
    }

    CompletionStage<Optional<Cached>> get(CacheNamespace namespace, String name) {
        return begun.thenCompose(_ -> cache.get(namespace, name))
                .thenApply(value -> value.flatMap(FreshCache::parsed).filter(this::believed));
    }

    /// By name; only those that are there and believed.
    CompletionStage<Map<String, Cached>> getAll(CacheNamespace namespace, Collection<String> names) {
        return begun.thenCompose(_ -> cache.getAll(namespace, names)).thenApply(values -> {
            Map<String, Cached> found = new LinkedHashMap<>();
            values.forEach(
                    (name, value) -> parsed(value).filter(this::believed).ifPresent(cached -> found.put(name, cached)));
            return found;
        });
    }

    private synchronized boolean believed(Cached cached) {
        noticeGap();
        return !floor.isAfter(new Mark(cached.getEpoch(), cached.getStamp()));
    }

    private void noticeGap() {
        long now = cache.gaps();
        if (now != gaps) {
            gaps = now;
            distrust();
        }
    }

    private synchronized void distrust() {
        stamp++;
        floor = new Mark(epoch, stamp);
    }

    /// To be read before something is looked up elsewhere, for [#unlessChanged].
    synchronized long changes(CacheNamespace namespace) {
        return changes.getOrDefault(namespace, 0L);
    }

    /// Keeps what was looked up, unless something of the namespace changed meanwhile: then it may be old already.
    ///
    /// @param keeping runs at once or not at all; no change comes in between
    synchronized void unlessChanged(CacheNamespace namespace, long before, Runnable keeping) {
        if (changes(namespace) == before) {
            keeping.run();
        }
    }

    /// Keeps a value that replaces whatever is there.
    synchronized void put(CacheNamespace namespace, String name, Cached.Builder body) {
        noticeGap();
        Bytes value = Bytes.wrap(body.setEpoch(epoch).setStamp(stamp).build().toByteArray());
        var _ = cache.set(namespace, name, value).thenAccept(kept -> {
            if (!kept) {
                // What it was to replace may still be there.
                distrust();
            }
        });
    }

    /// From now on nothing that was looked up before is kept, and what is there under these names is not believed.
    ///
    /// @param meanwhile runs at once; nothing is kept in between
    synchronized CompletionStage<Done> forget(CacheNamespace namespace, Collection<String> names, Runnable meanwhile) {
        changes.merge(namespace, 1L, Long::sum);
        meanwhile.run();
        CompletionStage<Boolean> gone = CompletableFuture.completedStage(true);
        for (String name : names) {
            gone = gone.thenCombine(cache.delete(namespace, name), Boolean::logicalAnd);
        }
        return gone.thenApply(all -> {
            if (!all) {
                distrust();
            }
            return Done.getInstance();
        });
    }

    /// The account is no longer the one that all this was learned as.
    public CompletionStage<Done> forgetAll() {
        synchronized (this) {
            for (CacheNamespace namespace : CacheNamespace.values()) {
                changes.merge(namespace, 1L, Long::sum);
            }
            distrust();
        }
        return cache.clear().thenApply(_ -> Done.getInstance());
    }

    /// Nothing will change here any more: the next owner may believe what this one does.
    public CompletionStage<Done> handOver() {
        return begun.thenCompose(_ -> cache.set(NOTES, HANDOVER, note())).thenApply(_ -> Done.getInstance());
    }

    private synchronized Bytes note() {
        noticeGap();
        return Bytes.wrap(Cached.newBuilder()
                .setEpoch(epoch)
                .setStamp(stamp)
                .setHandover(
                        CachedHandover.newBuilder().setFromEpoch(floor.epoch()).setFromStamp(floor.stamp()))
                .build()
                .toByteArray());
    }
}
