package dev.waggle.cache.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.storage.cache.CacheCounts;
import dev.waggle.storage.cache.CacheCounts.Outcome;
import dev.waggle.storage.cache.CacheKey;
import dev.waggle.storage.cache.CacheNamespace;
import dev.waggle.storage.cache.CacheSettings;
import dev.waggle.storage.cache.CacheStore;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// All accounts of a node share the room of each namespace: what was not asked for lately makes way, whoever it
/// belongs to. Every stage is complete when it is given. Thread-safe.
final class MemoryCache implements CacheStore {
    private static final int PIECE_BYTES = 1_024;
    private static final long FOREVER = Long.MAX_VALUE;

    private record Kept(Bytes value, long nanos) {}

    private final Map<CacheNamespace, Cache<CacheKey, Kept>> rooms = new EnumMap<>(CacheNamespace.class);
    private final CacheCounts counts = new CacheCounts();
    private volatile boolean closed;

    /// @param ticker nanoseconds of any beginning
    MemoryCache(CacheSettings settings, Ticker ticker) {
        for (CacheNamespace namespace : CacheNamespace.values()) {
            Cache<CacheKey, Kept> room = Caffeine.newBuilder()
                    .maximumWeight(settings.room(namespace).entriesMax())
                    .weigher((CacheKey key, Kept kept) -> 1 + kept.value().size() / PIECE_BYTES)
                    .expireAfter(Expiry.<CacheKey, Kept>writing((key, kept) -> Duration.ofNanos(kept.nanos())))
                    .ticker(ticker)
                    .executor(Runnable::run)
                    .build();
            rooms.put(namespace, room);
        }
    }

    private Cache<CacheKey, Kept> room(CacheNamespace namespace) {
        Cache<CacheKey, Kept> room = rooms.get(namespace);
        if (room == null) {
            throw new IllegalStateException("no room for " + namespace);
        }
        return room;
    }

    @Override
    public CompletionStage<Optional<Bytes>> get(CacheKey key) {
        Kept kept = room(key.namespace()).getIfPresent(key);
        counts.count(key.namespace(), kept == null ? Outcome.MISS : Outcome.HIT, 1);
        return CompletableFuture.completedStage(Optional.ofNullable(kept).map(Kept::value));
    }

    @Override
    public CompletionStage<Boolean> set(CacheKey key, Bytes value, @Nullable Duration ttl) {
        if (closed) {
            return CompletableFuture.completedStage(false);
        }
        if (value.size() > VALUE_MAX) {
            room(key.namespace()).invalidate(key);
            return CompletableFuture.completedStage(false);
        }
        room(key.namespace()).put(key, new Kept(value, ttl == null ? FOREVER : ttl.toNanos()));
        return CompletableFuture.completedStage(true);
    }

    @Override
    public CompletionStage<Boolean> delete(CacheKey key) {
        room(key.namespace()).invalidate(key);
        return CompletableFuture.completedStage(!closed);
    }

    @Override
    public CompletionStage<Boolean> clear(AccountId account, CacheNamespace namespace) {
        room(namespace).asMap().keySet().removeIf(key -> key.account().equals(account));
        return CompletableFuture.completedStage(!closed);
    }

    @Override
    public CompletionStage<Long> entryCount(AccountId account, CacheNamespace namespace) {
        Cache<CacheKey, Kept> room = room(namespace);
        room.cleanUp();
        return CompletableFuture.completedStage(room.asMap().keySet().stream()
                .filter(key -> key.account().equals(account))
                .count());
    }

    /// Nothing is ever lost but by being asked to, or for want of room.
    @Override
    public long gaps() {
        return 0;
    }

    @Override
    public CacheCounts counts() {
        return counts;
    }

    @Override
    public void close() {
        closed = true;
        rooms.values().forEach(Cache::invalidateAll);
    }
}
