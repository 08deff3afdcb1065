package dev.waggle.storage.cache;

import java.util.List;
import java.util.ServiceLoader;

/// How a cache is found: a service (`META-INF/services/dev.waggle.storage.cache.CacheDriver`) with a name for the
/// configuration.
public interface CacheDriver {
    /// Lower case, such as `redis`.
    String name();

    /// Does not wait for anybody outside the process: a cache that cannot be reached is one that misses.
    ///
    /// @throws IllegalArgumentException when an option breaks its rule
    CacheStore start(CacheSettings settings);

    /// True when values leave the process: then they come sealed, under names that say nothing.
    boolean outside();

    /// @throws IllegalArgumentException when no driver on the class path has this name
    static CacheDriver named(String name) {
        List<CacheDriver> all = ServiceLoader.load(CacheDriver.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return all.stream()
                .filter(driver -> driver.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("cache backend: " + name + " (expected: one of "
                        + all.stream().map(CacheDriver::name).sorted().toList() + ")"));
    }
}
