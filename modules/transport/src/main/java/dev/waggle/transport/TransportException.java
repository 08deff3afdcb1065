package dev.waggle.transport;

/// Bytes that did not go out.
public final class TransportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TransportException(String why) {
        super(why, null, false, false);
    }
}
