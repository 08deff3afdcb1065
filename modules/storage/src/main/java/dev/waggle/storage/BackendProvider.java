package dev.waggle.storage;

import dev.waggle.address.AccountId;
import dev.waggle.storage.control.ControlStore;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// A started backend: shared pools that every account's [Backend] works over.
public interface BackendProvider extends AutoCloseable {
    /// The stores of one account; made when they are not there. Opening twice gives two views of the same rows.
    CompletionStage<Backend> open(AccountId account);

    ControlStore control();

    /// Removes every row of the account's [Backend]. Its directory row, its data key and its journal are not
    /// touched.
    CompletionStage<Void> erase(AccountId account);

    /// What the backend tells about itself, besides what every store is asked for.
    default List<Measure> measures() {
        return List.of();
    }

    /// Waits for writes that were taken, then lets go of files and connections. Later calls fail with
    /// [StoreException.Code#STORAGE_UNAVAILABLE].
    @Override
    void close();
}
