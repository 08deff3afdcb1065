package dev.waggle.platform.cli;

/// The node could not be reached, or answered with a problem.
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ApiException(String message) {
        super(message);
    }
}
