package dev.waggle.stanza.login;

/// A client payload that is not as the protocol says. The text is `name: value (expected: rule)`.
public final class LoginException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LoginException(String name, String value, String rule) {
        super(name + ": " + value + " (expected: " + rule + ")");
    }
}
