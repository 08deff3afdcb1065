package dev.waggle.cache.redis;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.storage.cache.CacheCounts;
import dev.waggle.storage.cache.CacheCounts.Outcome;
import dev.waggle.storage.cache.CacheKey;
import dev.waggle.storage.cache.CacheNamespace;
import dev.waggle.storage.cache.CacheStore;
import io.lettuce.core.KeyValue;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Values under `prefix namespace:account:name`, with the server's own expiry. A server that is away, slow or full
/// costs misses: calls are refused at once while there is no connection, end with their time limit, and are not
/// made at all for a while after some that failed. Thread-safe.
final class RedisCache implements CacheStore {
    private final String prefix;
    private final RedisLink link;
    private final CacheCounts counts = new CacheCounts();

    private RedisCache(RedisOptions options) {
        this.prefix = options.prefix();
        this.link = new RedisLink(options);
    }

    /// Does not wait for the server.
    static RedisCache connecting(RedisOptions options) {
        return new RedisCache(options);
    }

    private String key(CacheKey key) {
        return beginning(key.account(), key.namespace()) + key.name();
    }

    /// An account's id holds no colon, so no account's keys begin like those of another.
    private String beginning(AccountId account, CacheNamespace namespace) {
        return prefix + namespace.text() + ":" + account + ":";
    }

    @Override
    public CompletionStage<Optional<Bytes>> get(CacheKey key) {
        return link.call(redis -> redis.get(key(key)).thenApply(Optional::ofNullable))
                .thenApply(reply -> {
                    Optional<Bytes> value =
                            reply.answer().flatMap(found -> found).map(Bytes::wrap);
                    counts.count(key.namespace(), outcome(reply, value.isPresent()), 1);
                    return value;
                });
    }

    private static Outcome outcome(Reply<?> reply, boolean found) {
        return switch (reply) {
            case Reply.Given<?> _ -> found ? Outcome.HIT : Outcome.MISS;
            case Reply.Failed<?> _ -> Outcome.ERROR;
            case Reply.Unasked<?> _ -> Outcome.UNASKED;
        };
    }

    @Override
    public CompletionStage<Map<CacheKey, Bytes>> getAll(Collection<CacheKey> keys) {
        if (keys.isEmpty()) {
            return CompletableFuture.completedStage(Map.of());
        }
        List<CacheKey> asked = List.copyOf(keys);
        String[] names = asked.stream().map(this::key).toArray(String[]::new);
        return link.call(redis -> redis.mget(names)).thenApply(reply -> {
            Map<CacheKey, Bytes> found = new LinkedHashMap<>();
            for (int i = 0; i < asked.size(); i++) {
                CacheKey key = asked.get(i);
                KeyValue<String, byte[]> value =
                        reply instanceof Reply.Given(var all) ? all.get(i) : KeyValue.empty(names[i]);
                value.ifHasValue(bytes -> found.put(key, Bytes.wrap(bytes)));
                counts.count(key.namespace(), outcome(reply, value.hasValue()), 1);
            }
            return found;
        });
    }

    @Override
    public CompletionStage<Boolean> set(CacheKey key, Bytes value, @Nullable Duration ttl) {
        if (value.size() > VALUE_MAX) {
            return delete(key).thenApply(_ -> false);
        }
        SetArgs args = new SetArgs();
        if (ttl != null) {
            args.px(Math.max(1, ttl.toMillis()));
        }
        return link.call(redis -> redis.set(key(key), value.unsafeArray(), args))
                .thenApply(reply -> reply.answer().filter("OK"::equals).isPresent());
    }

    @Override
    public CompletionStage<Boolean> delete(CacheKey key) {
        return link.call(redis -> redis.del(key(key)))
                .thenApply(reply -> reply.answer().isPresent());
    }

    @Override
    public CompletionStage<Boolean> clear(AccountId account, CacheNamespace namespace) {
        return new Sweep(link, beginning(account, namespace), RedisCache::unlink)
                .run()
                .thenApply(Sweep.Done::complete);
    }

    private static CompletionStage<Long> unlink(RedisAsyncCommands<String, byte[]> redis, List<String> keys) {
        return redis.unlink(keys.toArray(String[]::new));
    }

    @Override
    public CompletionStage<Long> entryCount(AccountId account, CacheNamespace namespace) {
        return new Sweep(link, beginning(account, namespace), null).run().thenApply(Sweep.Done::keys);
    }

    @Override
    public long gaps() {
        return link.gaps();
    }

    @Override
    public CacheCounts counts() {
        return counts;
    }

    @Override
    public void close() {
        link.close();
    }
}
