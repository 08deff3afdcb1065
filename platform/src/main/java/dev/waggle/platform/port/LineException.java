package dev.waggle.platform.port;

/// A [Line] that could not carry a stanza or an answer. Nothing is known about what the server saw.
public final class LineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Why, for callers that must choose.
    public enum Kind {
        ENDED,
        TIMED_OUT,
        FULL
    }

    private final Kind kind;

    public LineException(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
