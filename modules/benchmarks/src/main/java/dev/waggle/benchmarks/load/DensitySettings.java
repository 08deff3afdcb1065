package dev.waggle.benchmarks.load;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What is measured, on which node.
///
/// @param contacts who write to each account once
/// @param groups of each account
/// @param settleSeconds how long nothing happens before memory is looked at
/// @param tls whether nodes speak TLS to the simulator
/// @param strict whether the simulator inspects what it is sent
/// @param flags of the node's JVM
/// @param more settings of the node
record DensitySettings(
        int accounts,
        int contacts,
        int groups,
        int settleSeconds,
        boolean tls,
        boolean strict,
        List<String> flags,
        Map<String, String> more) {
    DensitySettings {
        flags = List.copyOf(flags);
        more = Map.copyOf(more);
        if (accounts < 1 || contacts < 0 || groups < 0 || settleSeconds < 0) {
            throw new IllegalArgumentException("density: accounts " + accounts + ", contacts " + contacts + ", groups "
                    + groups + ", settle " + settleSeconds + " (expected: at least 1, 0, 0, 0)");
        }
    }

    Map<String, String> node(Map<String, String> town) {
        Map<String, String> all = new HashMap<>(town);
        all.putAll(more);
        return all;
    }
}
