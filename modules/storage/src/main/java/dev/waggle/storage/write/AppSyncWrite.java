package dev.waggle.storage.write;

import dev.waggle.address.Bytes;
import dev.waggle.storage.row.HashState;
import dev.waggle.storage.row.MutationMac;
import dev.waggle.storage.row.SyncKey;

/// Changes to app-state sync.
public sealed interface AppSyncWrite extends StoreWrite {
    record PutSyncKey(SyncKey key) implements AppSyncWrite {}

    record PutVersion(String collection, HashState state) implements AppSyncWrite {}

    record PutMutationMac(String collection, MutationMac mac) implements AppSyncWrite {}

    record DeleteMutationMac(String collection, Bytes indexMac) implements AppSyncWrite {}

    record ClearMutationMacs(String collection) implements AppSyncWrite {}
}
