package dev.waggle.platform.cli;

/// The node could not be reached, or answered with a problem.
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean passing;

    ApiException(String message) {
        this(message, false);
    }

    ApiException(String message, boolean passing) {
        super(message);
        this.passing = passing;
    }

    /// Whether the node was not there or not able: the same request may succeed later.
    boolean passing() {
        return passing;
    }
}
