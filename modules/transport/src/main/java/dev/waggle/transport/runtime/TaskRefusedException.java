package dev.waggle.transport.runtime;

/// Work that a runtime did not take: it has as much as it takes, or is closed.
public final class TaskRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TaskRefusedException(String why) {
        super(why, null, false, false);
    }
}
