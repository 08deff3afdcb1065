package dev.waggle.platform.account;

/// What is true about an account as far as traffic shows; people set the desired state, nobody sets this one.
public enum ObservedState {
    /// Exists, has no link yet.
    UNPAIRED,
    /// A pairing is open.
    PAIRING,
    /// Dialling, greeting or authenticating.
    CONNECTING,
    /// Logged in, the server is still delivering what waited.
    SYNCING,
    /// Logged in, drained, and something arrived within the limit.
    ONLINE,
    /// Not connected; a next attempt is planned. The reason says why.
    WAITING,
    /// Not connected because a person wants it so.
    STOPPED,
    LOGGED_OUT,
    BANNED,
    OUTDATED,
    REPLACED
}
