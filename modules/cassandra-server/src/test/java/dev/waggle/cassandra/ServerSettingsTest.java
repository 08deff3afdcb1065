package dev.waggle.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.cassandra.ServerSettings.Sync;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server itself is started where something is stored in it: `persistence-cassandra`.
class ServerSettingsTest {
    @TempDir
    Path directory;

    @Test
    void a_server_listens_on_loopback_or_not_at_all() {
        assertThatThrownBy(() -> new ServerSettings("0.0.0.0", 256, Sync.BATCH, List.of(), false, false, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("host: 0.0.0.0 (expected: an address of loopback)");
        assertThatThrownBy(() -> new ServerSettings("127.0.0.1", 100, Sync.BATCH, List.of(), false, false, Map.of()))
                .hasMessage("heap: 100 MB (expected: 192..4096)");
    }

    @Test
    void what_is_asked_for_stands_in_the_servers_file_and_wins() throws Exception {
        ServerFiles files = new ServerFiles(directory);
        files.write(ServerSettings.SMALL.with(Sync.BATCH).with("concurrent_reads", "4"), 9042, 7000);
        assertThat(Files.readString(directory.resolve("conf/cassandra.yaml")))
                .contains("native_transport_port: 9042\n", "storage_port: 7000\n", "commitlog_sync: batch\n")
                .contains("concurrent_reads: 4\n", ":7000\"\n")
                .doesNotContain("concurrent_reads: 8", "0.0.0.0");
    }

    @Test
    void servers_of_a_ring_have_equal_ports_on_addresses_of_their_own() throws Exception {
        Ports ports = Ports.free(List.of("127.0.0.2", "127.0.0.3"));
        assertThat(ports.cql()).isNotEqualTo(ports.storage());
        CassandraServer first = new CassandraServer(directory, ServerSettings.SMALL.at("127.0.0.2"), ports);
        try (first) {
            ServerSettings second = ServerSettings.SMALL.joining("127.0.0.3", first);
            assertThat(second.host()).isEqualTo("127.0.0.3");
            assertThat(second.seeds()).containsExactly("127.0.0.2:" + ports.storage());
            ServerFiles files = new ServerFiles(directory);
            files.write(second, ports.cql(), ports.storage());
            assertThat(Files.readString(directory.resolve("conf/cassandra.yaml")))
                    .contains("listen_address: 127.0.0.3\n", "auto_bootstrap: false\n")
                    .contains("seeds: \"127.0.0.2:" + ports.storage() + "\"");
        }
        assertThatThrownBy(() -> CassandraRing.start(directory, ServerSettings.SMALL, 10))
                .hasMessage("servers: 10 (expected: 1..9)");
    }

    @Test
    void a_secured_server_asks_for_a_password_and_speaks_tls_only() throws Exception {
        ServerFiles files = new ServerFiles(directory);
        files.write(ServerSettings.SMALL.secured(directory.resolve("keys.p12"), "word"), 9042, 7000);
        assertThat(Files.readString(directory.resolve("conf/cassandra.yaml")))
                .contains("authenticator: PasswordAuthenticator\n", "authorizer: CassandraAuthorizer\n")
                .contains("enabled: true, optional: false", "keys.p12\"")
                .doesNotContain("AllowAll");
    }

    @Test
    void the_command_holds_the_servers_jars_and_none_of_ours() throws Exception {
        List<String> command = new ServerFiles(directory).command(Path.of("/jdk/bin/java"), ServerSettings.SMALL);
        assertThat(command).startsWith("/jdk/bin/java").endsWith("org.apache.cassandra.service.CassandraDaemon");
        assertThat(command.get(command.size() - 2)).contains("cassandra-all-5").doesNotContain("waggle");
    }

    @Test
    void a_machine_without_a_jdk_17_is_told_what_to_set() {
        assertThat(ServerJdk.java(Map.of("WAGGLE_CASSANDRA_JAVA_HOME", "/nowhere")))
                .isExecutable();
    }
}
