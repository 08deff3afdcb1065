package dev.waggle.platform.safekeeping;

/// Something that a person asked for and that cannot be. The text is `name: value (expected: rule)`.
public final class SafekeepingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SafekeepingException(String name, String value, String rule) {
        super(name + ": " + value + " (expected: " + rule + ")");
    }

    SafekeepingException(String name, String value, String rule, Throwable cause) {
        super(name + ": " + value + " (expected: " + rule + ")", cause);
    }
}
