package dev.waggle.platform.chaos.storm;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A fault that happened.
///
/// @param at since the first one could have happened
/// @param away how long each account was not ONLINE at a node that was not struck, of those that lived on the
/// struck one; for faults that strike no single node: of all
/// @param whole until every account was ONLINE and every node was a member; null: not in time
public record Struck(
        Strike strike,
        Duration at,
        List<Duration> away,
        @Nullable Duration whole) {
    public Struck {
        away = List.copyOf(away);
    }
}
