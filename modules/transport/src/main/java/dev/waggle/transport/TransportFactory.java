package dev.waggle.transport;

/// Makes connections. Thread-safe; one per process.
public interface TransportFactory extends AutoCloseable {
    /// Begins to connect; everything else is told to `events`.
    void connect(Target target, TransportEvents events);

    /// Ends all connections, each of which is told so, and lets go of threads.
    @Override
    void close();
}
