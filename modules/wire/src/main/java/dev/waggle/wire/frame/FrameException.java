package dev.waggle.wire.frame;

/// Bytes that are no frames, or no beginning of a connection. The text is `name: value (expected: rule)`.
public final class FrameException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FrameException(String name, String value, String rule) {
        super(name + ": " + value + " (expected: " + rule + ")");
    }
}
