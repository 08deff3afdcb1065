package dev.waggle.platform.webhook.lane;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to leave a store alone that failed: from half a second, doubling up to half a minute, a quarter of it
/// drawn. Not thread-safe.
public final class Backoff {
    private static final long FIRST_MILLIS = 500;
    private static final int DOUBLINGS_MAX = 6;

    private final RandomGenerator random;
    private int failures;

    public Backoff(RandomGenerator random) {
        this.random = random;
    }

    /// It failed once more.
    public Duration next() {
        long most = FIRST_MILLIS << Math.min(failures, DOUBLINGS_MAX);
        failures++;
        return Duration.ofMillis(random.nextLong(most * 3 / 4, most + 1));
    }

    public void worked() {
        failures = 0;
    }
}
