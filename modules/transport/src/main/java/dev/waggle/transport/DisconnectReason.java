package dev.waggle.transport;

/// Why a connection is over, or was never made.
public sealed interface DisconnectReason {
    /// [Transport#disconnect] was called.
    record ByUs() implements DisconnectReason {}

    /// The server said so; `code` is 1005 when it gave none.
    record ServerClose(int code, String text) implements DisconnectReason {}

    /// The stream ended without a word.
    record EndOfStream() implements DisconnectReason {}

    /// Nobody listens, the name is unknown, the upgrade was refused, or it took too long.
    record Refused(String why) implements DisconnectReason {}

    /// The proxy did not let us through; nothing was tried around it.
    record ProxyFailure(Kind kind, String why) implements DisconnectReason {
        public enum Kind {
            /// Nobody listens where the proxy should be, or its name is unknown.
            UNREACHABLE,
            /// The proxy wants a login, or another one.
            LOGIN_REFUSED,
            /// The proxy would not or could not reach the target, or ended the talk.
            TARGET_REFUSED
        }
    }

    /// The server's certificate is not trusted, or TLS failed otherwise.
    record TlsFailure(String why) implements DisconnectReason {}

    /// Something broke on an open connection, a message that is too large included.
    record ReadFailure(String why) implements DisconnectReason {}
}
