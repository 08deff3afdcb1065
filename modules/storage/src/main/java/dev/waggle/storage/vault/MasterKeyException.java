package dev.waggle.storage.vault;

/// A master key that cannot be read or used. The text is `name: value (expected: rule)` and never shows the key.
public final class MasterKeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MasterKeyException(String name, String value, String rule) {
        super(name + ": " + value + " (expected: " + rule + ")");
    }

    MasterKeyException(String name, String value, String rule, Throwable cause) {
        super(name + ": " + value + " (expected: " + rule + ")", cause);
    }
}
