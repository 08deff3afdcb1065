package dev.waggle.platform.account.connection;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Fibonacci seconds (1, 1, 2, 3, 5 ...), ten per cent up or down, so that many accounts do not come back in step.
final class Backoff {
    private static final double JITTER = 0.1;

    private Backoff() {}

    static Duration pause(int step, Duration max, RandomGenerator random) {
        long one = 1;
        long two = 1;
        for (int i = 0; i < step && one < max.toSeconds(); i++) {
            long next = one + two;
            one = two;
            two = next;
        }
        double millis = Math.min(one, max.toSeconds()) * 1000.0;
        double swing = 1 - JITTER + 2 * JITTER * random.nextDouble();
        return Duration.ofMillis(Math.round(millis * swing));
    }
}
