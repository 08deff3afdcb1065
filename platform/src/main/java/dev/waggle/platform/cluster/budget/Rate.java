package dev.waggle.platform.cluster.budget;

/// @param perSecond 1..10,000 dials in a second, in the long run
/// @param burst 1..100,000 that may come at once after a pause
public record Rate(int perSecond, int burst) {
    public static final int PER_SECOND_MAX = 10_000;
    public static final int BURST_MAX = 100_000;

    public Rate {
        check("perSecond", perSecond, PER_SECOND_MAX);
        check("burst", burst, BURST_MAX);
    }

    private static void check(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1.." + most + ")");
        }
    }
}
