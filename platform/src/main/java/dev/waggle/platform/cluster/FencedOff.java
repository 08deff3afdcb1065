package dev.waggle.platform.cluster;

import dev.waggle.address.AccountId;
import dev.waggle.platform.port.tenure.Tenure;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.pekko.actor.ActorPath;

/// Owners on this node whose lease is over, and which were ended for that, or all of them when the others put the
/// node out. What still reaches them, from their sockets and their own parts, would have been left undone anyway: it
/// is the next owner's, who hears it from the server again. Thread-safe.
public final class FencedOff {
    /// Nothing is under way to an actor that ended so long ago.
    private static final Duration KEEP = Duration.ofMinutes(1);
    /// `/system/sharding/account/7/ID`.
    private static final int DEPTH = 5;

    private final Function<AccountId, Tenure> tenures;
    private final BooleanSupplier putOut;
    private final Map<ActorPath, Long> lately = new ConcurrentHashMap<>();

    /// @param putOut whether the others have put this node out
    FencedOff(Function<AccountId, Tenure> tenures, BooleanSupplier putOut) {
        this.tenures = tenures;
        this.putOut = putOut;
    }

    /// This account's actor ends, since its lease is over.
    void ends(ActorPath account) {
        long now = System.nanoTime();
        lately.values().removeIf(since -> now - since > KEEP.toNanos());
        lately.put(account, now);
    }

    /// Whether this is an account, or a part of one, that lost its right to act and has not got it again.
    public boolean holds(ActorPath recipient) {
        ActorPath path = recipient;
        ActorPath below = path;
        int depth = depth(path);
        for (; depth > DEPTH; depth--) {
            if (lately.containsKey(path)) {
                return true;
            }
            below = path;
            path = path.parent();
        }
        return below != path
                && ofAccounts(path)
                && (putOut.getAsBoolean() || !tenures.apply(new AccountId(path.name())).held());
    }

    private static int depth(ActorPath path) {
        int depth = 0;
        for (String _ : path.getElements()) {
            depth++;
        }
        return depth;
    }

    private static boolean ofAccounts(ActorPath entity) {
        return entity.parent().parent().name().equals(ShardedAccounts.KEY.name());
    }
}
