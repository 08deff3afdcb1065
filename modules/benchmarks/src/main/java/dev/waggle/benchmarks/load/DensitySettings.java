package dev.waggle.benchmarks.load;

/// What is measured.
///
/// @param contacts who write to each account once
/// @param groups of each account
/// @param settleSeconds how long nothing happens before memory is looked at
record DensitySettings(int accounts, int contacts, int groups, int settleSeconds) {
    DensitySettings {
        if (accounts < 1 || contacts < 0 || groups < 0 || settleSeconds < 0) {
            throw new IllegalArgumentException("density: accounts " + accounts + ", contacts " + contacts + ", groups "
                    + groups + ", settle " + settleSeconds + " (expected: at least 1, 0, 0, 0)");
        }
    }
}
