package dev.waggle.cache.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.storage.cache.CacheDriver;
import dev.waggle.storage.cache.CacheKey;
import dev.waggle.storage.cache.CacheNamespace;
import dev.waggle.storage.cache.CacheSettings;
import dev.waggle.storage.cache.CacheSettings.Room;
import dev.waggle.storage.cache.CacheStore;
import dev.waggle.storage.contract.CacheStoreContract;
import dev.waggle.storage.contract.CacheTenant;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The contract, and what is said of sizes.
class MemoryCacheTest {
    private static final AccountId ACCOUNT = new AccountId("demo");

    private static final class Turned implements CacheTenant {
        private final AtomicLong nanos = new AtomicLong();
        private final CacheStore store = new MemoryCache(CacheSettings.DEFAULT, nanos::get);

        @Override
        public CacheStore store() {
            return store;
        }

        @Override
        public void elapse(Duration time) {
            nanos.addAndGet(time.toNanos());
        }

        @Override
        public void close() {
            store.close();
        }
    }

    @Nested
    class Contract extends CacheStoreContract {
        @Override
        protected CacheTenant tenant() {
            return new Turned();
        }
    }

    @Test
    void it_is_found_by_its_name_and_stays_in_the_process() {
        CacheDriver driver = CacheDriver.named("memory");
        assertThat(driver.outside()).isFalse();
        try (CacheStore cache = driver.start(CacheSettings.DEFAULT)) {
            assertThat(cache.gaps()).isZero();
        }
    }

    @Test
    void a_namespace_never_holds_more_than_its_room() {
        CacheSettings small = new CacheSettings(Map.of(CacheNamespace.GROUP, new Room(10, null)), Map.of());
        try (CacheStore cache = new MemoryCache(small, System::nanoTime)) {
            for (int i = 0; i < 1_000; i++) {
                var _ = cache.set(key("entry " + i), Bytes.utf8("x"), null);
            }
            assertThat(count(cache)).isLessThanOrEqualTo(10);
            for (int i = 0; i < 10; i++) {
                var _ = cache.set(key("large " + i), Bytes.wrap(new byte[4_096]), null);
            }
            assertThat(count(cache)).as("a value of 4 KiB takes five pieces").isLessThanOrEqualTo(10);
            for (int i = 0; i < 100; i++) {
                var _ = cache.set(key("large"), Bytes.wrap(new byte[64 * 1_024]), null);
            }
            assertThat(count(cache)).isLessThanOrEqualTo(10);
        }
    }

    private static CacheKey key(String name) {
        return new CacheKey(ACCOUNT, CacheNamespace.GROUP, name);
    }

    private static long count(CacheStore cache) {
        return cache.entryCount(ACCOUNT, CacheNamespace.GROUP)
                .toCompletableFuture()
                .join();
    }
}
