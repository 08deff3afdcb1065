package dev.waggle.storage.memory;

import dev.waggle.storage.BackendDriver;
import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.StorageSettings;
import java.util.Map;

/// The backend named `memory`: nothing outlives the process, the journal included.
public final class MemoryDriver implements BackendDriver {
    @Override
    public String name() {
        return "memory";
    }

    @Override
    public BackendProvider start(StorageSettings settings) {
        return new MemoryProvider();
    }

    @Override
    public Map<String, String> actorSystemConfig(StorageSettings settings) {
        return Map.of(
                "pekko.persistence.journal.plugin", "pekko.persistence.journal.inmem",
                "pekko.persistence.snapshot-store.plugin", "pekko.persistence.snapshot-store.local",
                "pekko.persistence.snapshot-store.local.dir",
                        settings.dataDirectory().resolve("snapshots").toString());
    }
}
