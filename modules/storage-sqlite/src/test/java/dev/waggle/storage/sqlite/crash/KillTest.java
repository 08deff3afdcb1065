package dev.waggle.storage.sqlite.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.storage.Backend;
import dev.waggle.storage.BackendDriver;
import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.StorageSettings;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.crash.Script;
import dev.waggle.storage.sqlite.file.SqliteFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that writes stores and journal is killed at random moments, again and again over the same file.
class KillTest {
    private static final int KILLS = Integer.getInteger("waggle.test.kills", 4);
    /// Each kill comes at a random moment of so many operations.
    private static final int OPERATIONS = Integer.getInteger("waggle.test.operations", 10_000);
    private static final int WRITERS = Script.ACCOUNTS + Script.ACTORS + 1;

    @TempDir
    Path directory;

    /// The highest number acknowledged to each `store 0`, `journal 3`, ...
    private final Map<String, Long> acknowledged = new HashMap<>();

    private long operations;

    @Test
    void nothing_acknowledged_is_lost_and_nothing_is_half_there() throws IOException {
        Random seeded = new Random(20_260_301);
        for (int kill = 0; kill < KILLS; kill++) {
            writeAndKill(1 + seeded.nextInt(OPERATIONS));
            checkStores();
            checkJournal();
        }
        assertThat(acknowledged).hasSize(WRITERS);
        System.out.println(KILLS + " kills, " + operations + " operations answered before them, none lost");
    }

    private void writeAndKill(int after) throws IOException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashChild.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
            int seen = 0;
            int left = after;
            Set<String> writing = new HashSet<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                note(line);
                if (seen++ == 0) {
                    assertThatThrownBy(() -> SqliteFile.shared(directory.resolve("waggle.db")))
                            .isInstanceOf(StoreException.class)
                            .hasMessageStartingWith("storage-locked: ")
                            .hasMessageContaining("in use by process " + child.pid());
                }
                // The actors start later than the stores: the moments that count are those when all of them write.
                if (writing.size() < WRITERS) {
                    writing.add(line.substring(0, line.lastIndexOf(' ')));
                } else if ((left -= operations(line)) <= 0) {
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
        assertThat(line).doesNotStartWith("failed");
        if (words.length == 3 && !words[2].isEmpty()) {
            acknowledged.merge(words[0] + " " + words[1], Long.parseLong(words[2]), Math::max);
        }
    }

    private long acknowledged(String kind, int number) {
        return acknowledged.getOrDefault(kind + " " + number, 0L);
    }

    private void checkStores() {
        try (BackendProvider provider = BackendDriver.named("sqlite").start(StorageSettings.in(directory))) {
            for (int number = 0; number < Script.ACCOUNTS; number++) {
                Backend backend = provider.open(Script.account(number))
                        .toCompletableFuture()
                        .join();
                assertThat(Script.check(backend)).isGreaterThanOrEqualTo(acknowledged("store", number));
            }
            assertThat(Script.check(provider.control())).isGreaterThanOrEqualTo(acknowledged("control", 0));
        }
    }

    private void checkJournal() {
        try (SqliteFile file = SqliteFile.shared(directory.resolve("waggle.db"))) {
            for (int number = 0; number < Script.ACTORS; number++) {
                String actor = Script.actor(number);
                List<Long> sequences = file.read(session -> session.list(
                                row -> row.number(1),
                                "SELECT sequence FROM journal WHERE pid ="
                                        + " (SELECT id FROM persistence_id WHERE name = ?) ORDER BY sequence",
                                actor))
                        .join();
                assertThat(sequences)
                        .isEqualTo(LongStream.rangeClosed(1, sequences.size())
                                .boxed()
                                .toList())
                        .hasSizeGreaterThanOrEqualTo((int) acknowledged("journal", number));
            }
            assertThat(file.read(session -> session.first(row -> row.text(1), "PRAGMA integrity_check"))
                            .join())
                    .contains("ok");
        }
    }
}
