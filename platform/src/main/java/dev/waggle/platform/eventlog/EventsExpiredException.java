package dev.waggle.platform.eventlog;

/// A reader asked for events that retention has removed. It must decide itself what the gap means; nothing is
/// skipped for it.
public final class EventsExpiredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long after;
    private final long oldest;

    public EventsExpiredException(long after, long oldest) {
        super("events after " + after + " are gone; the oldest is " + oldest, null, false, false);
        this.after = after;
        this.oldest = oldest;
    }

    /// Where the reader wanted to begin.
    public long after() {
        return after;
    }

    /// The lowest sequence that can be read.
    public long oldest() {
        return oldest;
    }
}
