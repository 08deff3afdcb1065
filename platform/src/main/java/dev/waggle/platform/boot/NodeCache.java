package dev.waggle.platform.boot;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.waggle.address.AccountId;
import dev.waggle.storage.cache.AccountCache;
import dev.waggle.storage.cache.CacheCounts.Outcome;
import dev.waggle.storage.cache.CacheDriver;
import dev.waggle.storage.cache.CacheNamespace;
import dev.waggle.storage.cache.CacheSettings;
import dev.waggle.storage.cache.CacheStore;
import dev.waggle.storage.vault.Sealer;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/// The cache that the accounts of a node share.
final class NodeCache implements AutoCloseable {
    private final CacheStore store;
    private final CacheSettings settings;
    private final boolean outside;

    private NodeCache(CacheStore store, CacheSettings settings, boolean outside) {
        this.store = store;
        this.settings = settings;
        this.outside = outside;
    }

    /// @throws SettingsException when a key of `waggle.cache` cannot be
    static NodeCache start(Config config) {
        CacheDriver driver = driver(config);
        CacheSettings settings = settings(config);
        try {
            return new NodeCache(driver.start(settings), settings, driver.outside());
        } catch (IllegalArgumentException e) {
            throw new SettingsException("waggle.cache", String.valueOf(e.getMessage()), "see docs/operations.md");
        }
    }

    static CacheDriver driver(Config config) {
        String name = config.getString("waggle.cache.backend");
        try {
            return CacheDriver.named(name);
        } catch (IllegalArgumentException e) {
            throw new SettingsException("waggle.cache.backend", name, String.valueOf(e.getMessage()));
        }
    }

    static CacheSettings settings(Config config) {
        CacheSettings.Room lidPn = room(config, "waggle.cache.lid-pn");
        Map<CacheNamespace, CacheSettings.Room> rooms = new EnumMap<>(CacheNamespace.class);
        rooms.put(CacheNamespace.GROUP, room(config, "waggle.cache.group"));
        rooms.put(CacheNamespace.DEVICE_REGISTRY, room(config, "waggle.cache.device-registry"));
        rooms.put(CacheNamespace.LID_PN_BY_LID, lidPn);
        rooms.put(CacheNamespace.LID_PN_BY_PN, lidPn);
        Config redis = config.getConfig("waggle.cache.redis");
        return new CacheSettings(
                rooms,
                Map.of(
                        "url", redis.getString("url"),
                        "user", redis.getString("user"),
                        "password", redis.getString("password"),
                        "trust-file", redis.getString("trust-file"),
                        "prefix", redis.getString("prefix"),
                        "timeout-millis", Long.toString(millis(config, "waggle.cache.redis.timeout"))));
    }

    private static CacheSettings.Room room(Config config, String path) {
        Config own = config.getConfig(path);
        long ttl = millis(config, path + ".ttl");
        try {
            return new CacheSettings.Room(own.getInt("entries-max"), ttl == 0 ? null : Duration.ofMillis(ttl));
        } catch (ConfigException | IllegalArgumentException e) {
            String key = path + ".entries-max";
            throw new SettingsException(key, String.valueOf(config.getAnyRef(key)), "a whole number from 1");
        }
    }

    private static long millis(Config config, String path) {
        try {
            long millis = config.getDuration(path).toMillis();
            if (millis >= 0) {
                return millis;
            }
        } catch (ConfigException e) {
            // Answered below like a negative span.
        }
        throw new SettingsException(path, String.valueOf(config.getAnyRef(path)), "a span of time, such as 30s");
    }

    CacheStore store() {
        return store;
    }

    /// What leaves the process leaves it sealed.
    AccountCache account(AccountId account, Sealer sealer) {
        return outside
                ? AccountCache.sealed(account, store, settings, sealer)
                : AccountCache.plain(account, store, settings);
    }

    /// Never fails: what cannot be removed cannot be read any more, or ends with its time.
    CompletionStage<Boolean> erase(AccountId account) {
        return AccountCache.plain(account, store, settings).clear();
    }

    /// Binding twice changes nothing.
    void bind(MeterRegistry meters) {
        for (CacheNamespace namespace : CacheNamespace.values()) {
            for (Outcome outcome : Outcome.values()) {
                FunctionCounter.builder(
                                "waggle.cache.lookups",
                                store,
                                cache -> cache.counts().of(namespace, outcome))
                        .description("What looking into the cache came to")
                        .tag("namespace", namespace.text())
                        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                        .register(meters);
            }
        }
        FunctionCounter.builder("waggle.cache.gaps", store, CacheStore::gaps)
                .description("How often the cache may have lost or brought back something")
                .register(meters);
    }

    @Override
    public void close() {
        store.close();
    }
}
