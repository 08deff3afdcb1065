package dev.waggle.platform.account.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.proto.cache.Cached;
import dev.waggle.proto.cache.CachedGroup;
import dev.waggle.storage.cache.AccountCache;
import dev.waggle.storage.cache.CacheCounts;
import dev.waggle.storage.cache.CacheKey;
import dev.waggle.storage.cache.CacheNamespace;
import dev.waggle.storage.cache.CacheSettings;
import dev.waggle.storage.cache.CacheStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What of a cache is believed after deletes that may not have happened, after gaps, and by the next owner.
class FreshCacheTest {
    private static final CacheNamespace GROUP = CacheNamespace.GROUP;

    private final Shelf shelf = new Shelf();
    private final FreshCache cache = owner(5);

    /// Keeps everything; a server that is away answers nothing and forgets nothing.
    private static final class Shelf implements CacheStore {
        private final Map<CacheKey, Bytes> kept = new ConcurrentHashMap<>();
        private final CacheCounts counts = new CacheCounts();
        private boolean away;
        private long gaps;

        @Override
        public CompletionStage<Optional<Bytes>> get(CacheKey key) {
            return CompletableFuture.completedStage(away ? Optional.empty() : Optional.ofNullable(kept.get(key)));
        }

        @Override
        public CompletionStage<Boolean> set(CacheKey key, Bytes value, @Nullable Duration ttl) {
            if (!away) {
                kept.put(key, value);
            }
            return CompletableFuture.completedStage(!away);
        }

        @Override
        public CompletionStage<Boolean> delete(CacheKey key) {
            if (!away) {
                kept.remove(key);
            }
            return CompletableFuture.completedStage(!away);
        }

        @Override
        public CompletionStage<Boolean> clear(AccountId account, CacheNamespace namespace) {
            if (!away) {
                kept.keySet().removeIf(key -> key.namespace() == namespace);
            }
            return CompletableFuture.completedStage(!away);
        }

        @Override
        public CompletionStage<Long> entryCount(AccountId account, CacheNamespace namespace) {
            return CompletableFuture.completedStage((long) kept.size());
        }

        @Override
        public long gaps() {
            return gaps;
        }

        @Override
        public CacheCounts counts() {
            return counts;
        }

        @Override
        public void close() {}
    }

    private FreshCache owner(long epoch) {
        return new FreshCache(AccountCache.plain(new AccountId("demo"), shelf, CacheSettings.DEFAULT), epoch);
    }

    private static void put(FreshCache to, String name, String subject) {
        to.put(
                GROUP,
                name,
                Cached.newBuilder().setGroup(CachedGroup.newBuilder().setSubject(subject)));
    }

    private static Optional<String> found(FreshCache in, String name) {
        Optional<String> one = in.get(GROUP, name)
                .toCompletableFuture()
                .join()
                .map(cached -> cached.getGroup().getSubject());
        Map<String, Cached> all =
                in.getAll(GROUP, List.of(name)).toCompletableFuture().join();
        assertThat(Optional.ofNullable(all.get(name))
                        .map(cached -> cached.getGroup().getSubject()))
                .as("one by one and together")
                .isEqualTo(one);
        return one;
    }

    private static void forget(FreshCache in, String name) {
        in.forget(GROUP, List.of(name), () -> {}).toCompletableFuture().join();
    }

    @Test
    void what_was_kept_is_found_and_what_was_forgotten_is_not() {
        put(cache, "hive", "Bees");
        put(cache, "nest", "Wasps");
        forget(cache, "hive");
        assertThat(found(cache, "hive")).isEmpty();
        assertThat(found(cache, "nest")).contains("Wasps");
    }

    @Test
    void a_delete_that_did_not_certainly_happen_ends_the_belief_in_all_that_is_older() {
        put(cache, "hive", "Bees");
        put(cache, "nest", "Wasps");
        shelf.away = true;
        forget(cache, "hive");
        shelf.away = false;
        assertThat(found(cache, "hive")).isEmpty();
        assertThat(found(cache, "nest")).isEmpty();
        put(cache, "nest", "Wasps again");
        assertThat(found(cache, "nest")).contains("Wasps again");
    }

    @Test
    void a_value_that_could_not_be_replaced_is_not_believed() {
        put(cache, "hive", "Bees");
        shelf.away = true;
        put(cache, "hive", "Bumblebees");
        shelf.away = false;
        assertThat(found(cache, "hive")).isEmpty();
    }

    @Test
    void nothing_from_before_a_gap_is_believed() {
        put(cache, "hive", "Bees");
        shelf.gaps++;
        assertThat(found(cache, "hive")).isEmpty();
        put(cache, "hive", "Bees again");
        assertThat(found(cache, "hive")).contains("Bees again");
    }

    @Test
    void what_was_looked_up_while_something_changed_is_not_kept() {
        long before = cache.changes(GROUP);
        forget(cache, "hive");
        cache.unlessChanged(GROUP, before, () -> put(cache, "hive", "as it was"));
        assertThat(found(cache, "hive")).isEmpty();
        cache.unlessChanged(GROUP, cache.changes(GROUP), () -> put(cache, "hive", "as it is"));
        assertThat(found(cache, "hive")).contains("as it is");
    }

    @Test
    void an_owner_that_ends_in_order_leaves_what_the_next_one_believes() {
        put(cache, "hive", "Bees");
        cache.handOver().toCompletableFuture().join();
        FreshCache next = owner(6);
        assertThat(found(next, "hive")).contains("Bees");
        assertThat(found(owner(7), "hive"))
                .as("the one after it, when the next one died")
                .isEmpty();
    }

    @Test
    void after_an_owner_that_died_nothing_is_believed_that_was_there_before() {
        put(cache, "hive", "Bees");
        FreshCache next = owner(6);
        assertThat(found(next, "hive")).isEmpty();
        put(next, "hive", "Bees again");
        assertThat(found(next, "hive")).contains("Bees again");
    }

    @Test
    void what_an_owner_stopped_believing_the_next_one_does_not_believe_either() {
        put(cache, "hive", "Bees");
        shelf.away = true;
        forget(cache, "hive");
        shelf.away = false;
        put(cache, "nest", "Wasps");
        cache.handOver().toCompletableFuture().join();
        FreshCache next = owner(6);
        assertThat(found(next, "hive")).isEmpty();
        assertThat(found(next, "nest")).contains("Wasps");
    }

    @Test
    void a_new_link_believes_nothing_of_the_last_one_even_when_the_cache_was_away() {
        put(cache, "hive", "Bees");
        shelf.away = true;
        cache.forgetAll().toCompletableFuture().join();
        shelf.away = false;
        assertThat(found(cache, "hive")).isEmpty();
    }
}
