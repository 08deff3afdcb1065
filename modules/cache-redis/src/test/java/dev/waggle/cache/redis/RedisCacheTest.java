package dev.waggle.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.storage.cache.CacheCounts.Outcome;
import dev.waggle.storage.cache.CacheDriver;
import dev.waggle.storage.cache.CacheKey;
import dev.waggle.storage.cache.CacheNamespace;
import dev.waggle.storage.cache.CacheSettings;
import dev.waggle.storage.cache.CacheStore;
import dev.waggle.storage.contract.CacheStoreContract;
import dev.waggle.storage.contract.CacheTenant;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract on a real server, and what is left of a cache whose server is killed, hangs or lies.
class RedisCacheTest {
    private static final AccountId ACCOUNT = new AccountId("demo");
    private static final CacheKey KEY = key("one");
    private static final Bytes VALUE = Bytes.utf8("value");

    @TempDir
    private static Path shared;

    private static RedisServer server;

    @BeforeAll
    static void start() throws Exception {
        server = RedisServer.start(shared);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static CacheKey key(String name) {
        return new CacheKey(ACCOUNT, CacheNamespace.GROUP, name);
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static CacheStore cache(RedisServer at, Map<String, String> options) {
        Map<String, String> all = new java.util.HashMap<>(options);
        all.putIfAbsent("url", at.url());
        all.putIfAbsent("timeout-millis", "1000");
        return CacheDriver.named("redis").start(new CacheSettings(Map.of(), all));
    }

    private static void until(BooleanSupplier done) {
        Instant end = Instant.now().plusSeconds(30);
        while (!done.getAsBoolean()) {
            assertThat(Instant.now()).as("in time").isBefore(end);
            Thread.onSpinWait();
        }
    }

    private static CacheStore connected(RedisServer at, Map<String, String> options) {
        CacheStore cache = cache(at, options);
        until(() -> get(cache.delete(key("are you there"))));
        return cache;
    }

    private static final class Tenant implements CacheTenant {
        private static int tenants;
        private final CacheStore store;

        Tenant() {
            tenants++;
            store = connected(server, Map.of("prefix", "tenant-" + tenants + ":"));
        }

        @Override
        public CacheStore store() {
            return store;
        }

        @Override
        public void elapse(Duration time) {
            // The server has a clock of its own.
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
            return new Tenant();
        }
    }

    @Test
    void what_one_node_sets_another_finds_and_other_installations_do_not() {
        try (CacheStore one = connected(server, Map.of("prefix", "shared:"));
                CacheStore other = connected(server, Map.of("prefix", "shared:"));
                CacheStore stranger = connected(server, Map.of("prefix", "stranger:"))) {
            assertThat(get(one.set(KEY, VALUE, null))).isTrue();
            assertThat(get(other.get(KEY))).contains(VALUE);
            assertThat(get(stranger.get(KEY))).isEmpty();
            assertThat(get(stranger.clear(ACCOUNT, CacheNamespace.GROUP))).isTrue();
            assertThat(get(other.get(KEY))).contains(VALUE);
        }
    }

    @Test
    void a_server_that_is_not_there_yet_costs_misses_until_it_is(@TempDir Path directory) throws Exception {
        try (RedisServer own = RedisServer.start(directory)) {
            own.kill();
            try (CacheStore cache = cache(own, Map.of())) {
                assertThat(get(cache.get(KEY))).isEmpty();
                assertThat(get(cache.set(KEY, VALUE, null))).isFalse();
                assertThat(get(cache.delete(KEY))).isFalse();
                assertThat(get(cache.entryCount(ACCOUNT, CacheNamespace.GROUP))).isZero();
                assertThat(cache.counts().of(Outcome.ERROR) + cache.counts().of(Outcome.UNASKED))
                        .isEqualTo(1);
                own.start();
                until(() -> get(cache.set(KEY, VALUE, null)));
                assertThat(get(cache.get(KEY))).contains(VALUE);
            }
        }
    }

    @Test
    void a_server_that_is_killed_costs_misses_and_its_return_is_noticed(@TempDir Path directory) throws Exception {
        try (RedisServer own = RedisServer.start(directory);
                CacheStore cache = connected(own, Map.of())) {
            assertThat(get(cache.set(KEY, VALUE, null))).isTrue();
            long gaps = cache.gaps();
            List<CompletionStage<?>> asked = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                asked.add(cache.get(KEY));
                asked.add(cache.set(key("entry " + i), VALUE, null));
                if (i == 1_000) {
                    own.kill();
                }
            }
            asked.forEach(stage -> assertThat(stage.toCompletableFuture()).succeedsWithin(Duration.ofSeconds(20)));
            until(() -> cache.gaps() > gaps);
            assertThat(get(cache.get(KEY))).isEmpty();
            own.start();
            until(() -> get(cache.set(KEY, VALUE, null)));
            assertThat(get(cache.get(KEY))).contains(VALUE);
        }
    }

    @Test
    void a_value_that_a_server_brings_back_from_its_disk_comes_with_a_gap(@TempDir Path directory) throws Exception {
        try (RedisServer own = RedisServer.start(directory, "--appendonly", "yes", "--appendfsync", "always");
                CacheStore cache = connected(own, Map.of())) {
            assertThat(get(cache.set(KEY, VALUE, null))).isTrue();
            long gaps = cache.gaps();
            own.kill();
            own.start();
            until(() -> get(cache.get(KEY)).isPresent());
            assertThat(cache.gaps()).isGreaterThan(gaps);
        }
    }

    @Test
    void a_server_that_hangs_is_soon_not_asked_any_more(@TempDir Path directory) throws Exception {
        try (RedisServer own = RedisServer.start(directory);
                CacheStore cache = connected(own, Map.of("timeout-millis", "200"))) {
            assertThat(get(cache.set(KEY, VALUE, null))).isTrue();
            own.halt();
            int waited = 0;
            for (int i = 0; i < 500; i++) {
                CompletionStage<Optional<Bytes>> asked = cache.get(KEY);
                if (!asked.toCompletableFuture().isDone()) {
                    waited++;
                }
                assertThat(get(asked)).isEmpty();
            }
            assertThat(waited).as("lookups that waited for their time limit").isBetween(5, 50);
            assertThat(cache.counts().of(Outcome.ERROR)).isEqualTo(waited);
            assertThat(cache.counts().of(Outcome.UNASKED)).isEqualTo(500 - waited);
            own.goOn();
            until(() -> get(cache.get(KEY)).isPresent());
        }
    }

    @Test
    void a_server_without_room_keeps_nothing_and_fails_nothing(@TempDir Path directory) throws Exception {
        try (RedisServer own = RedisServer.start(directory, "--maxmemory", "1", "--maxmemory-policy", "noeviction");
                CacheStore cache = connected(own, Map.of())) {
            assertThat(get(cache.set(KEY, VALUE, null))).isFalse();
            assertThat(get(cache.get(KEY))).isEmpty();
        }
    }

    @Test
    void a_login_is_given_and_a_wrong_one_costs_misses(@TempDir Path directory) throws Exception {
        try (RedisServer own = RedisServer.start(directory, "--requirepass", "open sesame");
                CacheStore cache = connected(own, Map.of("password", "open sesame"));
                CacheStore user = connected(own, Map.of("user", "default", "password", "open sesame"));
                CacheStore wrong = cache(own, Map.of("password", "open barley"))) {
            assertThat(get(cache.set(KEY, VALUE, null))).isTrue();
            assertThat(get(user.get(KEY))).contains(VALUE);
            for (int i = 0; i < 10; i++) {
                assertThat(get(wrong.get(KEY))).isEmpty();
            }
        }
    }

    @Test
    void a_connection_over_tls_needs_the_certificate_that_is_trusted(@TempDir Path directory) throws Exception {
        TlsFiles files = TlsFiles.in(directory);
        try (RedisServer own = RedisServer.start(
                directory,
                "--port",
                "0",
                "--tls-port",
                "PORT",
                "--tls-cert-file",
                files.certificate().toString(),
                "--tls-key-file",
                files.key().toString(),
                "--tls-ca-cert-file",
                files.certificate().toString(),
                "--tls-auth-clients",
                "no")) {
            Map<String, String> secure = Map.of("url", "rediss://localhost:" + own.port());
            Map<String, String> trusting = Map.of(
                    "url",
                    "rediss://localhost:" + own.port(),
                    "trust-file",
                    files.certificate().toString());
            try (CacheStore cache = connected(own, trusting);
                    CacheStore distrusting = cache(own, secure);
                    CacheStore plain = cache(own, Map.of())) {
                assertThat(get(cache.set(KEY, VALUE, null))).isTrue();
                assertThat(get(cache.get(KEY))).contains(VALUE);
                for (int i = 0; i < 10; i++) {
                    assertThat(get(distrusting.get(KEY))).isEmpty();
                    assertThat(get(plain.get(KEY))).isEmpty();
                }
            }
        }
    }
}
