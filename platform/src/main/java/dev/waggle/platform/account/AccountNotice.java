package dev.waggle.platform.account;

/// What only the account's own wiring may say to it.
sealed interface AccountNotice extends AccountMessage {
    /// The stores stand at this revision of the journal.
    record Applied(long revision, long lastSequence) implements AccountNotice {}
}
