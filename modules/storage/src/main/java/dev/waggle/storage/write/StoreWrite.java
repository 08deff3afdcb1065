package dev.waggle.storage.write;

/// One change to one account's stores. Puts replace unless they say how they merge; deletes of what is not there do
/// nothing.
public sealed interface StoreWrite permits SignalWrite, AppSyncWrite, ProtocolWrite, LedgerWrite {}
