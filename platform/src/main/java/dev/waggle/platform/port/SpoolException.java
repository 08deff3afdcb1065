package dev.waggle.platform.port;

import java.io.IOException;

/// A file that the spool does not take.
public final class SpoolException extends IOException {
    private static final long serialVersionUID = 1L;

    /// Why.
    public enum Kind {
        /// Larger than a file may be.
        TOO_LARGE,
        /// The spool, or the disk below it, has no room left.
        FULL
    }

    private final Kind kind;

    public SpoolException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
