package dev.waggle.simulator.exchange;

/// A mock phone refuses. The text is `name: value (expected: rule)`.
public final class PhoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PhoneException(String name, String value, String rule) {
        super(name + ": " + value + " (expected: " + rule + ")");
    }
}
