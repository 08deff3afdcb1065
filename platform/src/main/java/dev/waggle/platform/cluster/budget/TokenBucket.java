package dev.waggle.platform.cluster.budget;

/// Permits that grow with time, up to the burst. Time is nanoseconds of a clock that never goes back.
final class TokenBucket {
    private static final double NANOS = 1e9;

    private Rate rate;
    private double tokens;
    private long at;

    TokenBucket(Rate rate, long now) {
        this.rate = rate;
        this.tokens = rate.burst();
        this.at = now;
    }

    /// What was saved stays, up to the new burst.
    void change(Rate next, long now) {
        grow(now);
        rate = next;
        tokens = Math.min(tokens, next.burst());
    }

    /// @return how many of the wanted there are; they are gone then
    int take(int wanted, long now) {
        grow(now);
        int taken = (int) Math.min(wanted, Math.floor(tokens));
        tokens -= taken;
        return taken;
    }

    private void grow(long now) {
        if (now > at) {
            tokens = Math.min(rate.burst(), tokens + (now - at) / NANOS * rate.perSecond());
            at = now;
        }
    }
}
