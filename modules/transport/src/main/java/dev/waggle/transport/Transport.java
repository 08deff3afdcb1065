package dev.waggle.transport;

import java.util.concurrent.CompletionStage;

/// One open connection that carries binary messages. Thread-safe.
public interface Transport {
    /// Queues the bytes as one message, in call order, and completes when the socket took them. Fails with a
    /// [TransportException] when the connection has ended or too much waits to be written; then nothing was queued.
    CompletionStage<Void> send(byte[] bytes);

    /// Allows `messages` more to be delivered. Nothing is delivered, and little is read, without credit.
    void request(int messages);

    /// Ends the connection. Calling it again does nothing. `disconnected` follows once.
    void disconnect();
}
