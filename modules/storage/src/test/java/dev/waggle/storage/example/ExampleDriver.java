package dev.waggle.storage.example;

import dev.waggle.storage.BackendDriver;
import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.StorageSettings;
import dev.waggle.storage.keyvalue.KeyValueProvider;
import java.util.Map;

/// What a node would find under the name `example`. Its journal is in memory, so it is for looking at: name one
/// that is on disk in yours.
public final class ExampleDriver implements BackendDriver {
    @Override
    public String name() {
        return "example";
    }

    @Override
    public BackendProvider start(StorageSettings settings) {
        return new KeyValueProvider(new FileValues(settings.dataDirectory().resolve("example.log")));
    }

    @Override
    public Map<String, String> actorSystemConfig(StorageSettings settings) {
        return Map.of(
                "pekko.persistence.journal.plugin", "pekko.persistence.journal.inmem",
                "pekko.persistence.snapshot-store.plugin", "pekko.persistence.snapshot-store.local");
    }
}
