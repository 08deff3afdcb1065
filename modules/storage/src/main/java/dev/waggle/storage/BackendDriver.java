package dev.waggle.storage;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

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
