package dev.waggle.platform.port;

/// A question about somebody that has a definite negative answer. The code is stable and ends up in a Problem.
public final class ContactException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    public ContactException(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
