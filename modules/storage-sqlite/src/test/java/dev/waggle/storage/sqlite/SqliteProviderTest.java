package dev.waggle.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.storage.Backend;
import dev.waggle.storage.BackendDriver;
import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.Batch;
import dev.waggle.storage.StorageSettings;
import dev.waggle.storage.control.DataKeyRow;
import dev.waggle.storage.write.SignalWrite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteProviderTest {
    private static final AccountId ID = new AccountId("bot");
    private static final DeviceAddress ALICE = new DeviceAddress("1_1", 0);

    @TempDir
    Path directory;

    private static Backend open(BackendProvider provider) {
        return provider.open(ID).toCompletableFuture().join();
    }

    @Test
    void what_was_written_is_there_after_a_restart() {
        BackendDriver driver = BackendDriver.named("sqlite");
        try (BackendProvider provider = driver.start(StorageSettings.in(directory))) {
            open(provider)
                    .apply(new Batch(3, List.of(new SignalWrite.PutSession(ALICE, Bytes.utf8("record")))))
                    .toCompletableFuture()
                    .join();
        }
        try (BackendProvider provider = driver.start(StorageSettings.in(directory))) {
            Backend backend = open(provider);
            assertThat(backend.appliedSequence().toCompletableFuture().join()).isEqualTo(3);
            assertThat(backend.loadSession(ALICE).toCompletableFuture().join()).contains(Bytes.utf8("record"));
        }
    }

    @Test
    void the_journal_is_told_to_use_the_same_file() {
        Map<String, String> config = BackendDriver.named("sqlite")
                .actorSystemConfig(new StorageSettings(directory, Map.of("file", "node.db")));
        String file = directory.resolve("node.db").toAbsolutePath().toString();
        assertThat(config)
                .containsEntry("pekko.persistence.journal.plugin", "waggle.sqlite-journal")
                .containsEntry("waggle.sqlite-journal.file", file)
                .containsEntry("waggle.sqlite-snapshots.file", file);
    }

    @Test
    void a_wrong_option_is_named() {
        assertThatThrownBy(() -> BackendDriver.named("sqlite")
                        .start(new StorageSettings(directory, Map.of("synchronous", "off"))))
                .hasMessage("storage option synchronous: off (expected: full or normal)");
        assertThatThrownBy(() ->
                        BackendDriver.named("sqlite").start(new StorageSettings(directory, Map.of("readers", "99"))))
                .hasMessage("storage option readers: 99 (expected: a whole number 2..16)");
    }

    @Test
    void a_snapshot_lies_beside_the_file_under_a_safe_name() {
        try (SqliteTenant tenant = new SqliteTenant(directory)) {
            Path snapshot = open(tenant.provider())
                    .snapshotDb("before/../update 2")
                    .toCompletableFuture()
                    .join()
                    .orElseThrow();
            assertThat(snapshot)
                    .isEqualTo(directory.resolve("waggle.db.snapshot-1700000000000-before_.._update_2"))
                    .exists();
        }
    }

    @Test
    void a_destroyed_data_key_is_nowhere_in_the_files() throws IOException {
        String wrapped = "the wrapped key bytes that must go";
        try (SqliteTenant tenant = new SqliteTenant(directory)) {
            var control = tenant.provider().control();
            control.createDataKey(new DataKeyRow(ID, 1, Bytes.utf8(wrapped)))
                    .toCompletableFuture()
                    .join();
            assertThat(anyFileHolds(wrapped)).isTrue();
            control.destroyDataKey(ID).toCompletableFuture().join();
            assertThat(anyFileHolds(wrapped)).isFalse();
        }
    }

    private boolean anyFileHolds(String text) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    return true;
                }
            }
        }
        return false;
    }
}
