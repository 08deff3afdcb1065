package dev.waggle.benchmarks.load;

/// How much is said.
///
/// @param seconds of each direction that are measured, after [#warmUpSeconds()]
/// @param window texts of one account that may be under way at once
record ThroughputSettings(int accounts, int seconds, int warmUpSeconds, int window) {
    /// Each is an event stream of the node.
    private static final int ACCOUNTS_MAX = 1_000;

    ThroughputSettings {
        if (accounts < 1 || accounts > ACCOUNTS_MAX || seconds < 1 || warmUpSeconds < 0 || window < 1) {
            throw new IllegalArgumentException(
                    "throughput: accounts " + accounts + ", seconds " + seconds + ", warm-up " + warmUpSeconds
                            + ", window " + window + " (expected: 1.." + ACCOUNTS_MAX + ", at least 1, 0, 1)");
        }
    }
}
