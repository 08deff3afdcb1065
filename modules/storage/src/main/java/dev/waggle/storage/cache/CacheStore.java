package dev.waggle.storage.cache;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Values that may be gone at any time. Best effort: whatever goes wrong is a miss, no stage ever fails, and none
/// takes much longer than the tenant's own short time limit.
///
/// Calls take effect in the order in which they are made by one caller, as far as they take effect at all: who sets
/// and then gets finds the new value or nothing.
///
/// Not promised: that a value is found again, or that a deleted value stays away after [#gaps()] rose.
public interface CacheStore extends AutoCloseable {
    /// A larger value is not kept.
    int VALUE_MAX = 1 << 20;

    CompletionStage<Optional<Bytes>> get(CacheKey key);

    /// Only those that are there.
    default CompletionStage<Map<CacheKey, Bytes>> getAll(Collection<CacheKey> keys) {
        CompletionStage<Map<CacheKey, Bytes>> all = CompletableFuture.completedStage(new LinkedHashMap<>());
        for (CacheKey key : keys) {
            all = all.thenCombine(get(key), (found, value) -> {
                value.ifPresent(bytes -> found.put(key, bytes));
                return found;
            });
        }
        return all;
    }

    /// Replaces what is there. `ttl` null: until something else takes its room.
    ///
    /// @return false when it was not kept, or when that is not known
    CompletionStage<Boolean> set(CacheKey key, Bytes value, @Nullable Duration ttl);

    /// @return true when the value is gone for certain; false: it may come back
    CompletionStage<Boolean> delete(CacheKey key);

    /// Removes one account's entries of a namespace.
    ///
    /// @return true when they are gone for certain
    CompletionStage<Boolean> clear(AccountId account, CacheNamespace namespace);

    /// How many entries an account has in a namespace, about; what cannot be counted counts as nothing.
    CompletionStage<Long> entryCount(AccountId account, CacheNamespace namespace);

    /// Rises whenever deletes or sets may have been lost, or old values may have come back, in another way than by
    /// the answer of a call: a connection that broke, a server that began anew. Who sees a new number believes
    /// nothing older.
    long gaps();

    CacheCounts counts();

    @Override
    void close();
}
