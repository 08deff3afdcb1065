package dev.waggle.cache.redis;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Whether it is worth asking. After some failures in a row nobody asks for a while, then one tries: so a server
/// that hangs costs a few time limits and not one for each call. Thread-safe.
final class Breaker {
    private final int failuresMax;
    private final long pauseNanos;
    private final LongSupplier nanos;
    private int failures;
    private long askedAgainAt;

    Breaker(int failuresMax, Duration pause, LongSupplier nanos) {
        this.failuresMax = failuresMax;
        this.pauseNanos = pause.toNanos();
        this.nanos = nanos;
    }

    /// True when the caller may ask; it then says what came of it.
    synchronized boolean admits() {
        if (failures < failuresMax) {
            return true;
        }
        long now = nanos.getAsLong();
        if (now - askedAgainAt < 0) {
            return false;
        }
        askedAgainAt = now + pauseNanos;
        return true;
    }

    /// @return true when this ends a pause
    synchronized boolean succeeded() {
        boolean paused = failures >= failuresMax;
        failures = 0;
        return paused;
    }

    /// @return true when this begins a pause
    synchronized boolean failed() {
        if (failures >= failuresMax) {
            return false;
        }
        failures++;
        if (failures < failuresMax) {
            return false;
        }
        askedAgainAt = nanos.getAsLong() + pauseNanos;
        return true;
    }
}
