package dev.waggle.cache.redis;

import dev.waggle.storage.cache.CacheDriver;
import dev.waggle.storage.cache.CacheSettings;
import dev.waggle.storage.cache.CacheStore;

/// The cache named `redis`.
public final class RedisCacheDriver implements CacheDriver {
    @Override
    public String name() {
        return "redis";
    }

    @Override
    public CacheStore start(CacheSettings settings) {
        return RedisCache.connecting(RedisOptions.of(settings));
    }

    @Override
    public boolean outside() {
        return true;
    }
}
