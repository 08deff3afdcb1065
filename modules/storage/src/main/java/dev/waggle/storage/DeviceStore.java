package dev.waggle.storage;

import dev.waggle.address.Bytes;
import dev.waggle.storage.write.LedgerWrite;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// The account's own device: one opaque row.
public interface DeviceStore extends StoreWriter {
    CompletionStage<Optional<Bytes>> loadDevice();

    /// Stores the first device row; false when there is one already, which then stays.
    CompletionStage<Boolean> createDevice(Bytes device);

    default CompletionStage<Boolean> deviceExists() {
        return loadDevice().thenApply(Optional::isPresent);
    }

    default CompletionStage<Void> saveDevice(Bytes device) {
        return write(new LedgerWrite.PutDevice(device));
    }

    /// Copies the whole database, other accounts included, for a person to look at; empty when the backend cannot.
    ///
    /// @param name 1..100 of `A-Z a-z 0-9 . _ -`; other characters are replaced
    default CompletionStage<Optional<Path>> snapshotDb(String name) {
        return CompletableFuture.completedFuture(Optional.empty());
    }
}
