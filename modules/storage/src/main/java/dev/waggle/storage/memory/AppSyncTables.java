package dev.waggle.storage.memory;

import dev.waggle.address.Bytes;
import dev.waggle.storage.row.HashState;
import dev.waggle.storage.row.MutationMac;
import dev.waggle.storage.row.SyncKey;
import dev.waggle.storage.write.AppSyncWrite;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// Rows of the app-state store. Guarded by the backend's lock.
final class AppSyncTables {
    final TreeMap<Bytes, SyncKey> keys =
            new TreeMap<>((one, other) -> Arrays.compareUnsigned(one.unsafeArray(), other.unsafeArray()));
    final Map<String, HashState> versions = new HashMap<>();
    final Map<String, Map<Bytes, MutationMac>> macs = new HashMap<>();

    void apply(AppSyncWrite write) {
        switch (write) {
            case AppSyncWrite.PutSyncKey(var key) -> keys.put(key.id(), key);
            case AppSyncWrite.PutVersion(var collection, var state) -> versions.put(collection, state);
            case AppSyncWrite.PutMutationMac(var collection, var mac) ->
                macs.computeIfAbsent(collection, name -> new HashMap<>()).put(mac.indexMac(), mac);
            case AppSyncWrite.DeleteMutationMac(var collection, var indexMac) ->
                of(collection).remove(indexMac);
            case AppSyncWrite.ClearMutationMacs(var collection) -> macs.remove(collection);
        }
    }

    Map<Bytes, MutationMac> of(String collection) {
        return macs.getOrDefault(collection, new HashMap<>());
    }
}
