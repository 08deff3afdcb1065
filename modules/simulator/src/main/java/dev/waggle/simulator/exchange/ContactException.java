package dev.waggle.simulator.exchange;

/// A simulated contact refuses. The text is `name: value (expected: rule)`.
public final class ContactException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ContactException(String name, String value, String rule) {
        super(name + ": " + value + " (expected: " + rule + ")");
    }
}
