package dev.waggle.persistence.cassandra;

import dev.waggle.cassandra.CassandraServer;
import dev.waggle.cassandra.ServerSettings;
import dev.waggle.persistence.cassandra.link.CassandraSettings;
import dev.waggle.persistence.cassandra.link.Link;
import dev.waggle.storage.StorageSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// One server for all tests of this module that do not harm it. It starts when it is first asked for and ends with
/// the process.
public final class TestCassandra {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private TestCassandra() {}

    private static final class Holder {
        static final CassandraServer SERVER = CassandraServer.start(fresh(), ServerSettings.SMALL);

        static {
            // Held to the end: a session for each test would take longer than the test.
            Link.open(CassandraSettings.from(settings(SERVER, "waggle")));
        }

        private static Path fresh() {
            try {
                return Files.createTempDirectory(Path.of("target"), "cassandra-");
            } catch (IOException e) {
                throw new IllegalStateException("no directory for Cassandra", e);
            }
        }
    }

    public static CassandraServer server() {
        return Holder.SERVER;
    }

    public static StorageSettings settings() {
        return settings(server(), "waggle");
    }

    public static StorageSettings settings(CassandraServer server, String keyspace) {
        return new StorageSettings(
                Path.of("target"),
                new HashMap<>(
                        Map.of("contact-points", server.contactPoint(), "keyspace", keyspace, "replication", "1")));
    }

    /// A session of its own on that server, whose tables are there. Closed by the caller.
    public static Link link() {
        new CassandraDriver().start(settings()).close();
        return Link.open(CassandraSettings.from(settings()));
    }

    /// Something that no other test has.
    public static String unique(String word) {
        return word + NUMBER.incrementAndGet();
    }
}
