package dev.waggle.simulator.admin;

/// A refusal: HTTP status, a stable code, and a text `name: value (expected: rule)`.
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    Problem(int status, String code, String detail) {
        super(detail);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    static Problem field(String name, String value, String rule) {
        return new Problem(400, "invalid-field", name + ": " + value + " (expected: " + rule + ")");
    }
}
