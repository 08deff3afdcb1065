package dev.waggle.guards.format;

/// A source file that the formatter cannot read.
final class FormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    FormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
