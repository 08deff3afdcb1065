package dev.waggle.transport;

/// What a connection tells, in order, one call at a time. Calls must not block.
public interface TransportEvents {
    /// The connection is open. Comes once, and first, or never.
    void connected(Transport transport);

    /// A binary message came in whole. The array belongs to the receiver.
    void received(byte[] bytes);

    /// The connection is over, or could not be made. Comes once, and last.
    void disconnected(DisconnectReason reason);
}
