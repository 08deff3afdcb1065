package dev.waggle.persistence.cassandra;

import dev.waggle.persistence.cassandra.link.CassandraSettings;
import dev.waggle.persistence.cassandra.link.JournalSessions;
import dev.waggle.storage.BackendDriver;
import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.StorageSettings;
import java.util.HashMap;
import java.util.Map;

/// The backend named `cassandra`. Options: [CassandraSettings].
public final class CassandraDriver implements BackendDriver {
    private static final String PLUGIN = JournalSessions.PLUGIN;
    /// Rows of one partition of the journal, of 4 KB at the most on average. What is stored depends on it: it must
    /// never change.
    private static final String ROWS_TOGETHER = "20000";

    @Override
    public String name() {
        return "cassandra";
    }

    @Override
    public String lease() {
        return "waggle.cassandra-lease";
    }

    @Override
    public BackendProvider start(StorageSettings settings) {
        return CassandraProvider.open(CassandraSettings.from(settings));
    }

    @Override
    public Map<String, String> actorSystemConfig(StorageSettings settings) {
        CassandraSettings checked = CassandraSettings.from(settings);
        Map<String, String> config = new HashMap<>();
        config.put("pekko.persistence.journal.plugin", PLUGIN + ".journal");
        config.put("pekko.persistence.snapshot-store.plugin", PLUGIN + ".snapshot");
        config.put(PLUGIN + ".session-provider", JournalSessions.class.getName());
        config.put(PLUGIN + ".journal.keyspace", checked.keyspace());
        config.put(PLUGIN + ".snapshot.keyspace", checked.keyspace());
        config.put(PLUGIN + ".journal.target-partition-size", ROWS_TOGETHER);
        config.put(PLUGIN + ".events-by-tag.enabled", "false");
        // The tables were made before, under a lock: nodes that make them by themselves get in each other's way.
        for (String kind : new String[] {"journal", "snapshot"}) {
            config.put(PLUGIN + "." + kind + ".keyspace-autocreate", "false");
            config.put(PLUGIN + "." + kind + ".tables-autocreate", "false");
        }
        settings.options()
                .forEach((name, value) -> config.put(PLUGIN + "." + JournalSessions.OPTIONS + "." + name, value));
        return config;
    }
}
