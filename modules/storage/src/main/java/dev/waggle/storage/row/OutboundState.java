package dev.waggle.storage.row;

/// How far a send has come.
public enum OutboundState {
    /// Durable here; the server has not answered.
    ACCEPTED,
    /// The server has it.
    SENT,
    DELIVERED,
    READ,
    PLAYED,
    /// Given up; the row's problem says why.
    FAILED;

    /// True when nothing is left to be done for it.
    public boolean finished() {
        return this != ACCEPTED;
    }
}
