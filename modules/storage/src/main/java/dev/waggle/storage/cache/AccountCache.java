package dev.waggle.storage.cache;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.vault.Sealer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// One account's part of a cache. With a sealer, values are sealed under the account's data key and names are what
/// only that key can make of them: whoever reads the cache learns the account's id, namespaces and sizes, whoever
/// writes to it gets nothing believed, and the entries of a deleted account are noise. A value that does not open
/// is a miss.
public final class AccountCache {
    private final AccountId account;
    private final CacheStore store;
    private final CacheSettings settings;
    private final @Nullable Sealer sealer;

    private AccountCache(AccountId account, CacheStore store, CacheSettings settings, @Nullable Sealer sealer) {
        this.account = account;
        this.store = store;
        this.settings = settings;
        this.sealer = sealer;
    }

    /// For a cache inside the process.
    public static AccountCache plain(AccountId account, CacheStore store, CacheSettings settings) {
        return new AccountCache(account, store, settings, null);
    }

    public static AccountCache sealed(AccountId account, CacheStore store, CacheSettings settings, Sealer sealer) {
        return new AccountCache(account, store, settings, sealer);
    }

    private CacheKey key(CacheNamespace namespace, String name) {
        return new CacheKey(account, namespace, sealer == null ? name : sealer.blind(kind(namespace), name));
    }

    private static String kind(CacheNamespace namespace) {
        return "cache " + namespace.text();
    }

    public CompletionStage<Optional<Bytes>> get(CacheNamespace namespace, String name) {
        return store.get(key(namespace, name)).thenApply(value -> value.flatMap(one -> opened(namespace, name, one)));
    }

    /// By name; only those that are there.
    public CompletionStage<Map<String, Bytes>> getAll(CacheNamespace namespace, Collection<String> names) {
        if (names.isEmpty()) {
            return CompletableFuture.completedStage(Map.of());
        }
        Map<String, CacheKey> keys = new LinkedHashMap<>();
        names.forEach(name -> keys.put(name, key(namespace, name)));
        Set<CacheKey> distinct = new LinkedHashSet<>(keys.values());
        return store.getAll(distinct).thenApply(found -> {
            Map<String, Bytes> values = new LinkedHashMap<>();
            keys.forEach((name, key) -> Optional.ofNullable(found.get(key))
                    .flatMap(value -> opened(namespace, name, value))
                    .ifPresent(value -> values.put(name, value)));
            return values;
        });
    }

    private Optional<Bytes> opened(CacheNamespace namespace, String name, Bytes value) {
        if (sealer == null) {
            return Optional.of(value);
        }
        try {
            return Optional.of(sealer.open(kind(namespace), name, value));
        } catch (StoreException _) {
            // Spoilt, forged, or of an account of this name that was deleted: nothing that we know.
            return Optional.empty();
        }
    }

    public CompletionStage<Boolean> set(CacheNamespace namespace, String name, Bytes value) {
        Bytes kept = sealer == null ? value : sealer.seal(kind(namespace), name, value);
        return store.set(key(namespace, name), kept, settings.room(namespace).ttl());
    }

    public CompletionStage<Boolean> delete(CacheNamespace namespace, String name) {
        return store.delete(key(namespace, name));
    }

    /// Everything of the account.
    public CompletionStage<Boolean> clear() {
        CompletionStage<Boolean> all = CompletableFuture.completedStage(true);
        for (CacheNamespace namespace : CacheNamespace.values()) {
            all = all.thenCombine(store.clear(account, namespace), Boolean::logicalAnd);
        }
        return all;
    }

    public long gaps() {
        return store.gaps();
    }
}
