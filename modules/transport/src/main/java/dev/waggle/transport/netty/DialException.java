package dev.waggle.transport.netty;

/// A way that did not open.
final class DialException extends Exception {
    private static final long serialVersionUID = 1L;

    enum Kind {
        /// Nobody listens there, or the name is unknown.
        UNREACHABLE,
        /// The guard let none of the name's addresses pass.
        ADDRESS_REFUSED,
        PROXY_UNREACHABLE,
        PROXY_LOGIN_REFUSED,
        /// The proxy did not open the way to the target.
        PROXY_TARGET_REFUSED,
        TLS,
        TIMEOUT
    }

    private final Kind kind;

    DialException(Kind kind, String why) {
        super(why, null, false, false);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
