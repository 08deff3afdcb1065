package dev.waggle.transport;

/// A text that is no proxy. It never shows the text's password.
public final class ProxyUrlException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    ProxyUrlException(String shown, String rule) {
        super("proxy: " + shown + " (expected: " + rule + ")");
    }
}
