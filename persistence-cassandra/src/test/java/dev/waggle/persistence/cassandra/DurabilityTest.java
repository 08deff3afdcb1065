package dev.waggle.persistence.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.cassandra.CassandraServer;
import dev.waggle.cassandra.ServerSettings;
import dev.waggle.cassandra.ServerSettings.Sync;
import dev.waggle.storage.Backend;
import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.StorageSettings;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.control.Shelf;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Servers that are not as they should be.
class DurabilityTest {
    private static final DeviceAddress ALICE = new DeviceAddress("1_1", 0);

    @TempDir
    Path directory;

    @Test
    void few_copies_on_servers_that_answer_before_the_disk_has_it_are_refused() {
        try (CassandraServer server = CassandraServer.start(directory, ServerSettings.SMALL.with(Sync.PERIODIC))) {
            assertThatThrownBy(() -> new CassandraDriver().start(TestCassandra.settings(server, "waggle")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith("storage-refused: commitlog_sync of ")
                    .hasMessageContaining("periodic with a replication factor of 1 (expected: batch or group");
        }
    }

    @Test
    void while_cassandra_is_away_calls_fail_with_a_code_and_when_it_is_back_all_goes_on() {
        StorageSettings given = TestCassandra.settings();
        Map<String, String> options = new HashMap<>(given.options());
        options.put("request-timeout-ms", "1000");
        StorageSettings brief = new StorageSettings(given.dataDirectory(), options);
        try (BackendProvider provider = new CassandraDriver().start(brief)) {
            Backend backend = provider.open(new AccountId(TestCassandra.unique("away")))
                    .toCompletableFuture()
                    .join();
            backend.putSession(ALICE, Bytes.utf8("before"))
                    .toCompletableFuture()
                    .join();
            TestCassandra.server().freeze();
            try {
                unavailable(() -> backend.putSession(ALICE, Bytes.utf8("lost"))
                        .toCompletableFuture()
                        .join());
                unavailable(
                        () -> backend.loadSession(ALICE).toCompletableFuture().join());
                unavailable(() -> provider.control()
                        .putDocument(Shelf.SETTING, "away", Bytes.EMPTY)
                        .toCompletableFuture()
                        .join());
            } finally {
                TestCassandra.server().thaw();
            }
            backend.putSession(ALICE, Bytes.utf8("after")).toCompletableFuture().join();
            assertThat(backend.loadSession(ALICE).toCompletableFuture().join()).contains(Bytes.utf8("after"));
        }
    }

    private static void unavailable(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("storage-unavailable: ");
    }
}
