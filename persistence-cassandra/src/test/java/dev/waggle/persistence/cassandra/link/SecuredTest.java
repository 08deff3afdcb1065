package dev.waggle.persistence.cassandra.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.cassandra.CassandraServer;
import dev.waggle.cassandra.ServerSettings;
import dev.waggle.persistence.cassandra.CassandraDriver;
import dev.waggle.persistence.cassandra.TestCassandra;
import dev.waggle.storage.Backend;
import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.StorageSettings;
import dev.waggle.storage.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server that wants a password and speaks TLS only: who has both may do what was granted, nobody else anything.
@Timeout(300)
class SecuredTest {
    private static final String PASSWORD = "only-the-node-knows";
    private static final DeviceAddress ALICE = new DeviceAddress("1_1", 0);

    @TempDir
    static Path folder;

    private static Keys keys;
    private static Keys others;
    private static CassandraServer server;

    @BeforeAll
    static void start() throws Exception {
        keys = Keys.in(folder, "server");
        others = Keys.in(folder, "other");
        server = CassandraServer.start(
                folder.resolve("data"), ServerSettings.SMALL.secured(keys.store(), Keys.PASSWORD));
        try (CqlSession first = first()) {
            // What docs/operations.md says that a node needs.
            List.of(
                            "CREATE ROLE waggle WITH PASSWORD = '" + PASSWORD + "' AND LOGIN = true",
                            "CREATE KEYSPACE waggle WITH replication ="
                                    + " {'class': 'NetworkTopologyStrategy', 'datacenter1': 1}",
                            "GRANT ALL PERMISSIONS ON KEYSPACE waggle TO waggle",
                            "GRANT SELECT ON system_views.settings TO waggle")
                    .forEach(first::execute);
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /// The role that is there in the beginning is made a moment after the port is open.
    private static CqlSession first() throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (true) {
            try {
                return CqlSession.builder()
                        .addContactPoint(server.address())
                        .withLocalDatacenter("datacenter1")
                        .withAuthCredentials("cassandra", "cassandra")
                        .withSslContext(Trust.in(keys.certificate()))
                        .withConfigLoader(
                                com.datastax.oss.driver.api.core.config.DriverConfigLoader.programmaticBuilder()
                                        .withDuration(
                                                com.datastax.oss.driver.api.core.config.DefaultDriverOption
                                                        .REQUEST_TIMEOUT,
                                                Duration.ofSeconds(20))
                                        .build())
                        .build();
            } catch (com.datastax.oss.driver.api.core.AllNodesFailedException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
            }
        }
    }

    private static StorageSettings settings(String... changed) {
        Map<String, String> options =
                new HashMap<>(TestCassandra.settings(server, "waggle").options());
        options.putAll(Map.of(
                "user",
                "waggle",
                "password",
                PASSWORD,
                "trust-file",
                keys.certificate().toString()));
        for (int i = 0; i < changed.length; i += 2) {
            options.put(changed[i], changed[i + 1]);
            options.values().remove("");
        }
        return new StorageSettings(Path.of("target"), options);
    }

    private static ThrowingCallable starting(String... changed) {
        return () -> new CassandraDriver().start(settings(changed)).close();
    }

    @Test
    void who_has_the_password_and_trusts_the_certificate_stores_and_reads() {
        try (BackendProvider provider = new CassandraDriver().start(settings())) {
            Backend backend = provider.open(new AccountId("secured"))
                    .toCompletableFuture()
                    .join();
            backend.putSession(ALICE, Bytes.utf8("kept")).toCompletableFuture().join();
            assertThat(backend.loadSession(ALICE).toCompletableFuture().join()).contains(Bytes.utf8("kept"));
        }
    }

    @Test
    void a_wrong_password_is_named_and_nowhere_shown() {
        assertThatThrownBy(starting("password", "wrong-and-secret"))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("storage-refused: Cassandra does not let waggle in")
                .hasMessageContaining("waggle.storage.cassandra.user")
                .satisfies(failure ->
                        assertThat(Throwables.getStackTrace(failure)).doesNotContain("wrong-and-secret", PASSWORD));
    }

    @Test
    void a_login_is_wanted_and_none_is_set() {
        assertThatThrownBy(starting("user", "", "password", ""))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("storage-refused: Cassandra wants a login")
                .hasMessageContaining("waggle.storage.cassandra.user");
    }

    @Test
    void a_certificate_of_somebody_else_is_named() {
        assertThatThrownBy(starting("trust-file", others.certificate().toString()))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("storage-refused: the certificate of ")
                .hasMessageContaining("waggle.storage.cassandra.trust-file");
    }

    @Test
    void who_speaks_no_tls_is_told_that_it_may_be_wanted() {
        assertThatThrownBy(starting("trust-file", ""))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("storage-unavailable: ")
                .hasMessageContaining("waggle.storage.cassandra.trust-file");
    }

    @Test
    void a_file_that_holds_no_certificate_is_named() {
        assertThatThrownBy(starting("trust-file", keys.store().toString()))
                .hasMessageStartingWith("storage option trust-file: ")
                .hasMessageContaining("a PEM file of certificates");
    }
}
