package dev.waggle.platform.port.tenure;

/// Whether this process is certainly the one that may act for an account. Asked before everything that leaves:
/// answers, acks, bytes for the socket. Cheap, and may be asked from any thread.
@FunctionalInterface
public interface Tenure {
    /// Of a node that is alone: nobody else could.
    Tenure ALWAYS = () -> true;

    /// False once another process may have taken over, by this process's monotonic clock; what was false may be
    /// true again later, when nobody has.
    boolean held();
}
