package dev.waggle.platform.webhook.lane;

import java.util.List;

/// What is durable of a [Progress]. Everything up to `read` was settled, but what lies at or above the head of a
/// lane and in it.
public record Cursor(long read, List<Waiting> lanes, long delivered, long deadLetters) {
    /// A lane that is not settled up to `read`.
    ///
    /// @param head its first event that is not settled, or one below it
    /// @param attempts how often the head was tried; 0: not yet, or nobody knows
    /// @param firstAttempt when it was tried first; 0: not yet
    /// @param nextAttempt not before then
    /// @param problem what the last attempt ended with; empty: there was none
    /// @param eventAt when the head happened; 0: not known
    public record Waiting(
            String lane, long head, int attempts, long firstAttempt, long nextAttempt, String problem, long eventAt) {}

    public Cursor {
        lanes = List.copyOf(lanes);
    }

    public static Cursor at(long read) {
        return new Cursor(read, List.of(), 0, 0);
    }

    /// Everything up to here is settled.
    public long after() {
        return lanes.stream().mapToLong(lane -> lane.head() - 1).min().orElse(read);
    }
}
