package dev.waggle.cache.memory;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.waggle.storage.cache.CacheDriver;
import dev.waggle.storage.cache.CacheSettings;
import dev.waggle.storage.cache.CacheStore;

/// The cache named `memory`.
public final class MemoryCacheDriver implements CacheDriver {
    @Override
    public String name() {
        return "memory";
    }

    @Override
    public CacheStore start(CacheSettings settings) {
        return new MemoryCache(settings, Ticker.systemTicker());
    }

    @Override
    public boolean outside() {
        return false;
    }
}
