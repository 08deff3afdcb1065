package dev.waggle.persistence.cassandra.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import dev.waggle.cassandra.CassandraServer;
import dev.waggle.cassandra.ServerSettings;
import dev.waggle.cassandra.ServerSettings.Sync;
import dev.waggle.persistence.cassandra.CassandraDriver;
import dev.waggle.persistence.cassandra.TestCassandra;
import dev.waggle.persistence.cassandra.link.CassandraSettings;
import dev.waggle.persistence.cassandra.link.Link;
import dev.waggle.storage.Backend;
import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.StorageSettings;
import dev.waggle.storage.crash.Script;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A process that writes stores and journal is killed at random moments, and each second time Cassandra with it,
/// again and again over the same data. Cassandra writes through before it answers, as it must with a single copy.
class KillTest {
    private static final int KILLS = Integer.getInteger("waggle.test.kills", 2);
    /// Each kill comes at a random moment of so many operations.
    private static final int OPERATIONS = Integer.getInteger("waggle.test.operations", 3_000);
    private static final int WRITERS = Script.ACCOUNTS + Script.ACTORS + 1;

    @TempDir
    Path directory;

    /// The highest number acknowledged to each `store 0`, `journal 3`, ...
    private final Map<String, Long> acknowledged = new HashMap<>();

    private long operations;

    @Test
    @Timeout(3_600)
    void nothing_acknowledged_is_lost_and_nothing_is_half_there() throws IOException {
        Random seeded = new Random(20_261_127);
        try (CassandraServer server = CassandraServer.start(directory, ServerSettings.SMALL.with(Sync.GROUP))) {
            StorageSettings settings = TestCassandra.settings(server, "killed");
            for (int kill = 1; kill <= KILLS; kill++) {
                boolean both = kill % 2 == 0;
                writeAndKill(server, 1 + seeded.nextInt(OPERATIONS), both);
                if (both) {
                    server.start();
                }
                checkStores(settings);
                checkJournal(settings);
            }
        }
        assertThat(acknowledged).hasSize(WRITERS);
        System.out.println(KILLS + " kills, " + operations + " operations answered before them, none lost");
    }

    private void writeAndKill(CassandraServer server, int after, boolean both) throws IOException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashChild.class.getName(),
                        server.contactPoint(),
                        "killed")
                .redirectError(directory.resolve("child.log").toFile())
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
            int left = after;
            Set<String> writing = new HashSet<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                note(line);
                // The actors start later than the stores: the moments that count are those when all of them write.
                if (writing.size() < WRITERS) {
                    writing.add(line.substring(0, line.lastIndexOf(' ')));
                } else if ((left -= operations(line)) <= 0) {
                    if (both && server.isAlive()) {
                        server.kill();
                    }
                    // Not Process.destroyForcibly, which closes the pipe with what it still holds.
                    child.toHandle().destroyForcibly();
                }
            }
        } finally {
            child.destroyForcibly().onExit().join();
        }
        assertThat(child.exitValue()).as("killed, not ended").isEqualTo(128 + 9);
    }

    private int operations(String line) {
        int done = line.startsWith("store") ? Script.operations() : line.startsWith("control") ? 3 : 1;
        operations += done;
        return done;
    }

    /// The last line may be cut short by the kill: then it says less than was known, or nothing.
    private void note(String line) {
        String[] words = line.split(" ", -1);
        if (words.length == 3 && !words[2].isEmpty()) {
            acknowledged.merge(words[0] + " " + words[1], Long.parseLong(words[2]), Math::max);
        }
    }

    private long acknowledged(String kind, int number) {
        return acknowledged.getOrDefault(kind + " " + number, 0L);
    }

    private void checkStores(StorageSettings settings) {
        try (BackendProvider provider = new CassandraDriver().start(settings)) {
            for (int number = 0; number < Script.ACCOUNTS; number++) {
                Backend backend = provider.open(Script.account(number))
                        .toCompletableFuture()
                        .join();
                assertThat(Script.check(backend)).isGreaterThanOrEqualTo(acknowledged("store", number));
            }
            assertThat(Script.check(provider.control())).isGreaterThanOrEqualTo(acknowledged("control", 0));
        }
    }

    private void checkJournal(StorageSettings settings) {
        try (Link link = Link.open(CassandraSettings.from(settings))) {
            for (int number = 0; number < Script.ACTORS; number++) {
                List<Long> sequences = new ArrayList<>();
                link.session()
                        .execute(SimpleStatement.newInstance(
                                "SELECT sequence_nr FROM killed.messages WHERE persistence_id = ? AND partition_nr = 0",
                                Script.actor(number)))
                        .forEach(row -> sequences.add(row.getLong("sequence_nr")));
                assertThat(sequences)
                        .isEqualTo(LongStream.rangeClosed(1, sequences.size())
                                .boxed()
                                .toList())
                        .hasSizeGreaterThanOrEqualTo((int) acknowledged("journal", number));
            }
        }
    }
}
