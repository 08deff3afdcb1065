package dev.waggle.platform.port.webhook;

import dev.waggle.address.AccountId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where one webhook stands in one account's log.
///
/// @param after everything up to here that the webhook wants was taken or is a dead letter
/// @param read how far the log was read; between the two are chats that wait
/// @param latest the last sequence of the account
/// @param waiting chats that wait for another attempt, the earliest event first, no more than a page of them
/// @param waitingCount how many there are
/// @param oldestAt when the oldest event that is known to wait happened
/// @param delivered how many were taken since the cursor was made
/// @param deadLetters how many wait to be redelivered or dropped
/// @param oldest the oldest event that can still be read, when [State#EXPIRED]
/// @param problem what went wrong last, while something does
public record Position(
        AccountId account,
        State state,
        long after,
        long read,
        long latest,
        List<Waiting> waiting,
        int waitingCount,
        @Nullable Instant oldestAt,
        long delivered,
        long deadLetters,
        @Nullable Long oldest,
        @Nullable String problem) {
    public static final int WAITING_MAX = 100;

    public enum State {
        /// Nothing waits, or what waits is young.
        RUNNING,
        /// The oldest event that waits is older than the setting allows.
        LAGGING,
        /// Nothing is taken any more: only what waits already is tried again.
        FAILING,
        /// Retention removed events before they were delivered. Nothing is delivered until the cursor is set.
        EXPIRED,
        /// So many dead letters that no more are made: nothing passes the next one until some are gone.
        DEAD_LETTERS_FULL,
        /// The store does not take or give what is needed.
        STORE_AWAY,
        /// The webhook is paused or stopped.
        PAUSED
    }

    /// One chat's first event that was not taken.
    public record Waiting(String chat, long sequence, int attempts, Instant nextAt, String problem) {}

    public Position {
        waiting = List.copyOf(waiting);
    }
}
