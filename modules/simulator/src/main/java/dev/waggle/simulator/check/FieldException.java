package dev.waggle.simulator.check;

/// Bytes that are not a protobuf message, or one whose fields are not as the rule says. The text is
/// `name: value (expected: rule)`.
public final class FieldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FieldException(String name, String value, String rule) {
        super(name + ": " + value + " (expected: " + rule + ")");
    }
}
