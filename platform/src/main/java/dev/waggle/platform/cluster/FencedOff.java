package dev.waggle.platform.cluster;

import dev.waggle.address.AccountId;
import dev.waggle.platform.port.tenure.Tenure;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.pekko.actor.ActorPath;

/// Owners on this node whose lease is over, and which were ended for that, or all of them when the others put the
/// node out. What still reaches them, from their sockets and their own parts, would have been left undone anyway:
/// it is the next owner's, who hears it from the server again. Thread-safe.
public final class FencedOff {
    /// Longer than an account's parts and its socket take to end.
    private static final Duration KEEP = Duration.ofSeconds(20);
    /// `/system/sharding/account/7/ID`.
    private static final int DEPTH = 5;

    private final Function<AccountId, Tenure> tenures;
    private final BooleanSupplier putOut;
    /// Owners by the actor that ended, and by their name when they found out by themselves and began anew.
    private final Map<Object, Long> lately = new ConcurrentHashMap<>();
    private final AtomicLong tidied = new AtomicLong(System.nanoTime());

    /// @param putOut whether the others have put this node out
    FencedOff(Function<AccountId, Tenure> tenures, BooleanSupplier putOut) {
        this.tenures = tenures;
        this.putOut = putOut;
    }

    /// This account's actor ends, since its lease is over.
    void ends(ActorPath account) {
        note(account);
    }

    private void note(Object owner) {
        long now = System.nanoTime();
        lately.put(owner, now);
        long last = tidied.get();
        if (now - last > KEEP.toNanos() && tidied.compareAndSet(last, now)) {
            lately.values().removeIf(since -> now - since > KEEP.toNanos());
        }
    }

    private boolean isNoted(Object owner) {
        Long since = lately.get(owner);
        return since != null && System.nanoTime() - since <= KEEP.toNanos();
    }

    /// What an account is to look at: it begins anew when it finds that its lease is over, and its parts end.
    public Tenure watched(AccountId account) {
        Tenure tenure = tenures.apply(account);
        return () -> {
            boolean held = tenure.held();
            if (!held) {
                note(account);
            }
            return held;
        };
    }

    /// Whether this is an account, or a part of one, that lost its right to act and has not got it again.
    public boolean holds(ActorPath recipient) {
        int depth = depth(recipient);
        if (depth <= DEPTH) {
            return false;
        }
        ActorPath path = recipient;
        for (; depth > DEPTH; depth--) {
            if (isNoted(path)) {
                return true;
            }
            path = path.parent();
        }
        return ofAccounts(path) && isOut(new AccountId(path.name()));
    }

    private boolean isOut(AccountId account) {
        return putOut.getAsBoolean()
                || isNoted(account)
                || !tenures.apply(account).held();
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
