package dev.waggle.benchmarks.load;

/// How often nodes go.
///
/// @param nodes that run the accounts together
/// @param rounds in each of which one is killed and one is drained
/// @param settleSeconds until accounts have moved where they belong after a node came
record FailoverSettings(int accounts, int nodes, int rounds, int settleSeconds) {
    FailoverSettings {
        if (accounts < 1 || nodes < 2 || rounds < 1 || settleSeconds < 0) {
            throw new IllegalArgumentException("failover: accounts " + accounts + ", nodes " + nodes + ", rounds "
                    + rounds + ", settle " + settleSeconds + " (expected: at least 1, 2, 1, 0)");
        }
    }
}
