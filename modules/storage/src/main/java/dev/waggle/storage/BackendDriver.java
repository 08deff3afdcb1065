package dev.waggle.storage;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/// How a backend is found: a service (`META-INF/services/dev.waggle.storage.BackendDriver`) with a name for the
/// configuration.
public interface BackendDriver {
    /// Lower case, such as `sqlite`.
    String name();

    /// Opens what accounts share: files, pools, connections. Blocks until it is usable.
    ///
    /// @throws StoreException when it cannot be opened
    BackendProvider start(StorageSettings settings);

    /// Configuration by path for the actor system, so that its journal and snapshots live in the same place; at
    /// least `pekko.persistence.journal.plugin` and `pekko.persistence.snapshot-store.plugin`.
    Map<String, String> actorSystemConfig(StorageSettings settings);

    /// Path of the section in the configuration from which the actor system makes the leases of a cluster; empty:
    /// the backend has none of its own, so they are kept in its [dev.waggle.storage.control.ControlStore].
    default String lease() {
        return "";
    }

    /// Writes what is stored at one moment into `directory` (it exists and is empty), also while a node runs on it.
    /// Values stay sealed as they are, and the master key is no part of it.
    ///
    /// @throws StoreException `storage-refused` when the backend leaves this to its database
    default void backup(StorageSettings settings, Path directory) {
        throw new StoreException(
                StoreException.Code.STORAGE_REFUSED,
                "the backend " + name() + " has no backup of its own (expected: that of its database)");
    }

    /// Puts back what [#backup] wrote. Whenever this is interrupted, the store is the one from before or the one
    /// that `admission` went through with, never anything else.
    ///
    /// @param replace a store that is there is kept aside; without it, one that is there is refused
    /// @param admission is given the copy before it is the store, to make changes, or to refuse it by an exception
    /// @return where the store from before was put
    /// @throws StoreException `storage-refused` when the backend leaves this to its database or may not replace;
    /// `storage-locked` while a node runs; `storage-corrupt` when the directory holds no backup
    default Optional<Path> restore(
            StorageSettings settings, Path directory, boolean replace, Consumer<BackendProvider> admission) {
        throw new StoreException(
                StoreException.Code.STORAGE_REFUSED,
                "the backend " + name() + " has no restoring of its own (expected: that of its database)");
    }

    /// @throws IllegalArgumentException when no driver on the class path has this name
    static BackendDriver named(String name) {
        List<BackendDriver> all = ServiceLoader.load(BackendDriver.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return all.stream()
                .filter(driver -> driver.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("storage backend: " + name + " (expected: one of "
                        + all.stream().map(BackendDriver::name).sorted().toList() + ")"));
    }
}
