package dev.waggle.platform.cluster.operation;

import dev.waggle.address.AccountId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Work on an account that was begun.
///
/// @param detail why it failed; empty otherwise
public record Operation(
        String id,
        AccountId account,
        String type,
        State state,
        Instant startedAt,
        @Nullable Instant endedAt,
        String detail) {
    public enum State {
        RUNNING,
        SUCCEEDED,
        FAILED,
        /// Its node ended before it could say what became of it.
        UNKNOWN
    }
}
