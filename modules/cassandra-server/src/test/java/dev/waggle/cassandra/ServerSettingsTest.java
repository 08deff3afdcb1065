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
        assertThatThrownBy(() -> new ServerSettings("0.0.0.0", 256, Sync.BATCH, List.of(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("host: 0.0.0.0 (expected: an address of loopback)");
        assertThatThrownBy(() -> new ServerSettings("127.0.0.1", 100, Sync.BATCH, List.of(), Map.of()))
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
