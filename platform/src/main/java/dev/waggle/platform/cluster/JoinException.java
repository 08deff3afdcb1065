package dev.waggle.platform.cluster;

/// A node that could not become a member of its cluster, and why.
public final class JoinException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public JoinException(String message) {
        super(message);
    }
}
