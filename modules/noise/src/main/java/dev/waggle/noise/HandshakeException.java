package dev.waggle.noise;

import org.jspecify.annotations.Nullable;

/// The other side broke the handshake, or is not who it must be. The text is `name: value (expected: rule)`.
public final class HandshakeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public HandshakeException(String name, String value, String rule) {
        this(name, value, rule, null);
    }

    public HandshakeException(String name, String value, String rule, @Nullable Throwable cause) {
        super(name + ": " + value + " (expected: " + rule + ")", cause);
    }
}
