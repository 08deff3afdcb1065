package dev.waggle.address;

/// An identity that is not written as the rule says. The text is `name: value (expected: rule)`.
public final class AddressException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public AddressException(String name, String value, String rule) {
        super(name + ": " + shown(value) + " (expected: " + rule + ")");
    }

    private static String shown(String value) {
        return value.length() <= 64 ? value : value.substring(0, 64) + "...";
    }
}
