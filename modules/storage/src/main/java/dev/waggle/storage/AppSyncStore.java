package dev.waggle.storage;

import dev.waggle.address.Bytes;
import dev.waggle.storage.row.HashState;
import dev.waggle.storage.row.MutationMac;
import dev.waggle.storage.row.SyncKey;
import dev.waggle.storage.write.AppSyncWrite;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// App-state keys, versions with their hash, and the MACs that make the next hash.
public interface AppSyncStore extends StoreWriter {
    CompletionStage<Optional<SyncKey>> loadSyncKey(Bytes id);

    /// The highest id as unsigned bytes: ids embed an epoch, so this is the newest key, whatever its timestamp
    /// says.
    CompletionStage<Optional<Bytes>> latestSyncKeyId();

    /// [HashState#INITIAL] when nothing is stored.
    CompletionStage<HashState> loadVersion(String collection);

    /// Value MACs by index MAC, only those that exist.
    CompletionStage<Map<Bytes, Bytes>> loadMutationMacs(String collection, Collection<Bytes> indexMacs);

    default CompletionStage<Optional<Bytes>> loadMutationMac(String collection, Bytes indexMac) {
        return loadMutationMacs(collection, List.of(indexMac))
                .thenApply(found -> Optional.ofNullable(found.get(indexMac)));
    }

    default CompletionStage<Void> putSyncKey(SyncKey key) {
        return write(new AppSyncWrite.PutSyncKey(key));
    }

    default CompletionStage<Void> putVersion(String collection, HashState state) {
        return write(new AppSyncWrite.PutVersion(collection, state));
    }

    default CompletionStage<Void> putMutationMacs(String collection, List<MutationMac> macs) {
        return write(macs.stream()
                .map(mac -> new AppSyncWrite.PutMutationMac(collection, mac))
                .toList());
    }

    default CompletionStage<Void> deleteMutationMacs(String collection, Collection<Bytes> indexMacs) {
        return write(indexMacs.stream()
                .map(mac -> new AppSyncWrite.DeleteMutationMac(collection, mac))
                .toList());
    }

    default CompletionStage<Void> clearMutationMacs(String collection) {
        return write(new AppSyncWrite.ClearMutationMacs(collection));
    }
}
