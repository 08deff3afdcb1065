package dev.waggle.wire.node;

/// A node, or the bytes of one, that is not as the protocol says. The text is `name: value (expected: rule)`.
public final class NodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NodeException(String name, String value, String rule) {
        super(name + ": " + (value.length() <= 64 ? value : value.substring(0, 64) + "...") + " (expected: " + rule
                + ")");
    }
}
