package dev.waggle.platform.admin;

/// The admin API could not be opened at its address: it is taken, is not one of this machine, or is not allowed.
public final class AdminBindException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String host;
    private final int port;

    AdminBindException(String host, int port, String rule) {
        super("admin address: " + host + ":" + port + " (expected: " + rule + ")");
        this.host = host;
        this.port = port;
    }

    AdminBindException(String host, int port, Throwable cause) {
        super("admin address: " + host + ":" + port + " (expected: free and of this machine)", cause);
        this.host = host;
        this.port = port;
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }
}
