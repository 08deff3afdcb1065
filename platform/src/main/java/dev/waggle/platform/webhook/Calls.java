package dev.waggle.platform.webhook;

import dev.waggle.platform.webhook.shelf.Pair;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How many deliveries of one webhook are under way at once, over all accounts: a receiver that hangs takes no more
/// of the node than that, and nothing of other webhooks. Whoever finds no room is called in its turn. Thread-safe.
final class Calls {
    private static final class Desk {
        private int open;
        private final Map<Pair, Runnable> waiting = new LinkedHashMap<>();
    }

    private final int most;
    private final Map<String, Desk> desks = new HashMap<>();

    /// @param most of one webhook
    Calls(int most) {
        this.most = most;
    }

    /// @param called once there is room again, when there is none now. Whoever was called must [#pass] once it has
    ///     taken what it wants
    /// @return whether one more may be under way
    synchronized boolean begin(Pair pair, Runnable called) {
        Desk desk = desks.computeIfAbsent(pair.webhook(), _ -> new Desk());
        if (desk.open < most) {
            desk.open++;
            return true;
        }
        desk.waiting.putIfAbsent(pair, called);
        return false;
    }

    /// One that was begun is over.
    void end(Pair pair) {
        call(next(pair, 1));
    }

    /// Room that is left is for the next one that waits.
    void pass(Pair pair) {
        call(next(pair, 0));
    }

    /// This pair waits no more.
    void leave(Pair pair) {
        synchronized (this) {
            Desk desk = desks.get(pair.webhook());
            if (desk != null) {
                desk.waiting.remove(pair);
            }
        }
        pass(pair);
    }

    private static void call(@Nullable Runnable next) {
        if (next != null) {
            next.run();
        }
    }

    private synchronized @Nullable Runnable next(Pair pair, int ended) {
        Desk desk = desks.get(pair.webhook());
        if (desk == null) {
            return null;
        }
        desk.open -= ended;
        if (desk.open < most && !desk.waiting.isEmpty()) {
            Pair first = desk.waiting.keySet().iterator().next();
            return desk.waiting.remove(first);
        }
        if (desk.open == 0 && desk.waiting.isEmpty()) {
            desks.remove(pair.webhook());
        }
        return null;
    }
}
