package dev.waggle.transport.http;

import java.io.IOException;

/// An exchange that did not complete. Whether the other side acted on it is unknown unless [#sent()] is false.
public final class HttpException extends IOException {
    private static final long serialVersionUID = 1L;

    /// Stable reasons.
    public enum Kind {
        /// Nobody listens, the name is unknown, or the proxy refused.
        UNREACHABLE,
        /// The call's guard refused the address that the name stands for.
        ADDRESS_REFUSED,
        /// The certificate is not trusted, or TLS failed otherwise.
        TLS,
        TIMEOUT,
        /// The connection broke, or a body ended before its announced length.
        BROKEN,
        /// The answer is larger than the call's limit, or redirects too often.
        TOO_LARGE,
        TOO_MANY_REDIRECTS,
        /// The other side does not speak HTTP.
        MALFORMED
    }

    private final Kind kind;
    private final String detail;
    private final boolean sent;

    public HttpException(Kind kind, String why, boolean sent) {
        super(kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + ": " + why);
        this.kind = kind;
        this.detail = why;
        this.sent = sent;
    }

    public Kind kind() {
        return kind;
    }

    /// What is known beyond the kind.
    public String detail() {
        return detail;
    }

    /// False when certainly no whole head of the request reached the other side, which so cannot have acted on it.
    public boolean sent() {
        return sent;
    }
}
