package dev.waggle.platform.port.webhook;

import org.jspecify.annotations.Nullable;

/// How one attempt ended that somebody waited for.
///
/// @param status of the answer; 0: there was none
/// @param problem null: it was taken
public record Trial(int status, @Nullable String problem, long millis) {
    public boolean taken() {
        return problem == null;
    }
}
