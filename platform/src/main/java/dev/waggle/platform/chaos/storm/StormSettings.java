package dev.waggle.platform.chaos.storm;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// How hard it blows.
///
/// @param accounts each with one contact
/// @param perSecond texts in both directions together, over all accounts, as long as they are taken
/// @param lasts how long at most
/// @param faults how many at most
/// @param kinds those that are drawn from
/// @param gapMax between two faults
/// @param shortMax how long a fault lasts that may pass unnoticed
/// @param spanMax how long one lasts that does not
/// @param lastingPercent how many of them do not, 0..100
/// @param seed of kinds, targets and times
/// @param main the class that is started again and again
/// @param node further settings of every node
public record StormSettings(
        int nodes,
        int cassandraNodes,
        int accounts,
        int perSecond,
        Duration lasts,
        int faults,
        List<Kind> kinds,
        Duration gapMax,
        Duration shortMax,
        Duration spanMax,
        int lastingPercent,
        long seed,
        String main,
        Map<String, String> node) {
    public StormSettings {
        kinds = List.copyOf(kinds);
        node = Map.copyOf(node);
        if (accounts < 1 || perSecond < 1 || faults < 0 || kinds.isEmpty()) {
            throw new IllegalArgumentException("storm: accounts " + accounts + ", per second " + perSecond + ", faults "
                    + faults + ", kinds " + kinds + " (expected: at least 1, 1, 0 and one)");
        }
    }
}
