package dev.waggle.transport;

/// Why a connection is over, or was never made.
public sealed interface DisconnectReason {
    /// [Transport#disconnect] was called.
    record ByUs() implements DisconnectReason {}

    /// The server said so; `code` is 1005 when it gave none.
    record ServerClose(int code, String text) implements DisconnectReason {}

    /// The stream ended without a word.
    record EndOfStream() implements DisconnectReason {}

    /// Nobody listens, the name is unknown, the proxy or the upgrade refused, or it took too long.
    record Refused(String why) implements DisconnectReason {}

    /// The server's certificate is not trusted, or TLS failed otherwise.
    record TlsFailure(String why) implements DisconnectReason {}

    /// Something broke on an open connection, a message that is too large included.
    record ReadFailure(String why) implements DisconnectReason {}
}
