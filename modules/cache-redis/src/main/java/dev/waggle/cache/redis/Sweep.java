package dev.waggle.cache.redis;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Goes over all keys that begin alike, some hundred a call, so that the server is never held up; gives up after so
/// many calls as a server of millions of keys takes.
final class Sweep {
    /// @param complete every key was seen, and what was to be done was done
    record Done(boolean complete, long keys) {}

    interface Deed {
        CompletionStage<Long> of(RedisAsyncCommands<String, byte[]> redis, List<String> keys);
    }

    private static final int KEYS_A_CALL = 1_000;
    private static final int CALLS_MAX = 5_000;

    private final RedisLink link;
    private final @Nullable Deed deed;
    private final ScanArgs args;
    private final Set<String> seen = new HashSet<>();

    /// @param beginning literal
    /// @param deed what is done to the keys of each call; null: they are only counted
    Sweep(RedisLink link, String beginning, @Nullable Deed deed) {
        this.link = link;
        this.deed = deed;
        this.args = ScanArgs.Builder.matches(beginning + "*").limit(KEYS_A_CALL);
    }

    CompletionStage<Done> run() {
        return next(ScanCursor.INITIAL, 1);
    }

    private CompletionStage<Done> next(ScanCursor cursor, int calls) {
        return link.call(redis -> redis.scan(cursor, args)).thenCompose(reply -> {
            if (!(reply instanceof Reply.Given<KeyScanCursor<String>>(var found))) {
                return done(false);
            }
            // A scan may show a key twice.
            seen.addAll(found.getKeys());
            return act(found.getKeys()).thenCompose(acted -> {
                if (!acted || found.isFinished() || calls == CALLS_MAX) {
                    return done(acted && found.isFinished());
                }
                return next(ScanCursor.of(found.getCursor()), calls + 1);
            });
        });
    }

    private CompletionStage<Boolean> act(List<String> keys) {
        Deed wanted = deed;
        return wanted == null || keys.isEmpty()
                ? CompletableFuture.completedStage(true)
                : link.call(redis -> wanted.of(redis, keys))
                        .thenApply(reply -> reply.answer().isPresent());
    }

    private CompletionStage<Done> done(boolean complete) {
        return CompletableFuture.completedStage(new Done(complete, seen.size()));
    }
}
