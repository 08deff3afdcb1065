package dev.waggle.storage.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.AccountId;
import dev.waggle.address.AddressException;
import dev.waggle.address.Bytes;
import dev.waggle.storage.vault.DataKey;
import dev.waggle.storage.vault.Sealer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What an account's entries look like to whoever holds the cache, and what is believed of it.
class AccountCacheTest {
    private static final AccountId ACCOUNT = new AccountId("demo");
    private static final String NAME = "4915550001@s.whatsapp.net";
    private static final Bytes VALUE = Bytes.utf8("devices of 4915550001");

    private final Map<CacheKey, Bytes> kept = new LinkedHashMap<>();
    private final CacheStore store = new Shelf();

    private final class Shelf implements CacheStore {
        private final CacheCounts counts = new CacheCounts();

        @Override
        public CompletionStage<Optional<Bytes>> get(CacheKey key) {
            return CompletableFuture.completedStage(Optional.ofNullable(kept.get(key)));
        }

        @Override
        public CompletionStage<Boolean> set(CacheKey key, Bytes value, @Nullable Duration ttl) {
            kept.put(key, value);
            return CompletableFuture.completedStage(true);
        }

        @Override
        public CompletionStage<Boolean> delete(CacheKey key) {
            kept.remove(key);
            return CompletableFuture.completedStage(true);
        }

        @Override
        public CompletionStage<Boolean> clear(AccountId account, CacheNamespace namespace) {
            kept.keySet().removeIf(key -> key.account().equals(account) && key.namespace() == namespace);
            return CompletableFuture.completedStage(true);
        }

        @Override
        public CompletionStage<Long> entryCount(AccountId account, CacheNamespace namespace) {
            return CompletableFuture.completedStage((long) kept.size());
        }

        @Override
        public long gaps() {
            return 0;
        }

        @Override
        public CacheCounts counts() {
            return counts;
        }

        @Override
        public void close() {}
    }

    private static Sealer sealer(int fill) {
        byte[] key = new byte[32];
        java.util.Arrays.fill(key, (byte) fill);
        return Sealer.of(ACCOUNT, new DataKey(1, Bytes.wrap(key)), new SecureRandom());
    }

    private AccountCache sealed(int fill) {
        return AccountCache.sealed(ACCOUNT, store, CacheSettings.DEFAULT, sealer(fill));
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    @Test
    void neither_name_nor_value_can_be_read_from_outside() {
        AccountCache cache = sealed(1);
        get(cache.set(CacheNamespace.DEVICE_REGISTRY, NAME, VALUE));
        assertThat(kept).hasSize(1);
        kept.forEach((key, value) -> {
            assertThat(key.account()).isEqualTo(ACCOUNT);
            assertThat(key.name()).doesNotContain("4915550001").hasSize(43);
            assertThat(value.toUtf8()).doesNotContain("4915550001");
            assertThat(key.toString()).doesNotContain(key.name());
        });
        assertThat(get(cache.get(CacheNamespace.DEVICE_REGISTRY, NAME))).contains(VALUE);
        assertThat(get(cache.getAll(CacheNamespace.DEVICE_REGISTRY, List.of(NAME, "other"))))
                .containsExactly(Map.entry(NAME, VALUE));
        assertThat(get(cache.delete(CacheNamespace.DEVICE_REGISTRY, NAME))).isTrue();
        assertThat(kept).isEmpty();
    }

    @Test
    void a_value_that_was_moved_or_forged_is_a_miss() {
        AccountCache cache = sealed(1);
        get(cache.set(CacheNamespace.DEVICE_REGISTRY, NAME, VALUE));
        get(cache.set(CacheNamespace.DEVICE_REGISTRY, "other", VALUE));
        List<CacheKey> keys = List.copyOf(kept.keySet());
        kept.put(keys.getFirst(), Optional.ofNullable(kept.get(keys.getLast())).orElseThrow());
        assertThat(get(cache.get(CacheNamespace.DEVICE_REGISTRY, NAME))).isEmpty();
        kept.put(keys.getLast(), Bytes.utf8("whatever somebody put there"));
        assertThat(get(cache.getAll(CacheNamespace.DEVICE_REGISTRY, List.of(NAME, "other"))))
                .isEmpty();
        kept.put(keys.getLast(), Bytes.EMPTY);
        assertThat(get(cache.get(CacheNamespace.DEVICE_REGISTRY, "other"))).isEmpty();
    }

    @Test
    void an_account_made_anew_under_a_deleted_ones_name_finds_nothing_of_it() {
        get(sealed(1).set(CacheNamespace.GROUP, NAME, VALUE));
        AccountCache next = sealed(2);
        assertThat(get(next.get(CacheNamespace.GROUP, NAME))).isEmpty();
        assertThat(get(next.clear())).isTrue();
        assertThat(kept).isEmpty();
    }

    @Test
    void a_cache_inside_the_process_gets_names_and_values_as_they_are() {
        AccountCache cache = AccountCache.plain(ACCOUNT, store, CacheSettings.DEFAULT);
        get(cache.set(CacheNamespace.GROUP, NAME, VALUE));
        assertThat(kept).containsExactly(Map.entry(new CacheKey(ACCOUNT, CacheNamespace.GROUP, NAME), VALUE));
    }

    @Test
    void a_name_or_a_room_that_breaks_its_rule_is_refused() {
        assertThatThrownBy(() -> new CacheKey(ACCOUNT, CacheNamespace.GROUP, ""))
                .isInstanceOf(AddressException.class)
                .hasMessageContaining("1..255");
        assertThatThrownBy(() -> new CacheSettings.Room(0, null)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> new CacheSettings.Room(1, Duration.ZERO)).hasMessageContaining("ttl");
        assertThatThrownBy(() -> CacheDriver.named("no-such"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cache backend: no-such (expected: one of");
    }
}
