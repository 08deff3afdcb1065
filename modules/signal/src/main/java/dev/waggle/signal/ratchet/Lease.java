package dev.waggle.signal.ratchet;

import dev.waggle.signal.SignalException;

/// The counters of a sending chain that its stored record covers.
///
/// A record is written behind, so what is stored may be older than what was sent. It therefore holds a ceiling, up
/// to 64 counters ahead: whoever loads it goes on at the ceiling, and a message at or above the ceiling waits until
/// a record with a higher one is stored. So a message key is never used twice, at the price of one write in 64
/// messages and of at most 64 counters passed over per load.
public final class Lease {
    public static final int AHEAD = 64;
    /// Receivers refuse to pass over more; a stored ceiling further away is damage.
    public static final int JUMP_MAX = 2_000;
    private static final int COUNTER_MAX = Integer.MAX_VALUE - AHEAD;

    private Lease() {}

    /// The ceiling after a message with this counter.
    public static int raised(int counter, int ceiling) {
        if (counter >= COUNTER_MAX) {
            throw new SignalException("counter", counter, "< " + COUNTER_MAX + "; start a new chain");
        }
        return counter < ceiling ? ceiling : counter + AHEAD;
    }

    public static void check(int counter, int ceiling) {
        if (counter < 0 || ceiling < counter || ceiling - counter > JUMP_MAX) {
            throw new SignalException("ceiling", ceiling, counter + " to " + JUMP_MAX + " more");
        }
    }
}
