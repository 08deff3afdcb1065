package dev.waggle.storage;

import dev.waggle.address.AccountId;

/// Everything that one account keeps. An instance is bound to its account, so no method takes an account id; it is
/// cheap, thread-safe, and needs no closing. Opened by [BackendProvider].
///
/// A backend implements [StoreWriter#write], [StoreWriter#purge], the two calls that answer with what they changed
/// ([ProtocolStore#takeSentMessage], [DeviceStore#createDevice]) and the reads; every other method is written over
/// those.
public interface Backend
        extends SignalStore,
                AppSyncStore,
                ProtocolStore,
                MsgSecretStore,
                DeviceStore,
                ProjectionStore,
                EventLogStore,
                SeenStore,
                OutboundStore,
                MediaStore {
    AccountId account();
}
