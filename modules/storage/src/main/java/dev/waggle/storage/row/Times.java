package dev.waggle.storage.row;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Stored times have milliseconds: a row reads back equal to what was written.
public final class Times {
    private Times() {}

    public static Instant millis(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }
}
