package dev.waggle.cassandra;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The files that a server reads, and the command that starts it.
final class ServerFiles {
    /// Packages of `java.base` into which the server reaches.
    private static final List<String> OPENED = List.of(
            "java.lang",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "java.io",
            "java.nio",
            "sun.nio.ch",
            "java.lang.module",
            "java.lang.reflect",
            "java.net",
            "jdk.internal.loader",
            "jdk.internal.ref",
            "jdk.internal.reflect",
            "jdk.internal.math",
            "jdk.internal.module",
            "jdk.internal.util.jar",
            "jdk.internal.misc");

    private static final List<String> OTHERS = List.of(
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED",
            "--add-exports=java.management.rmi/com.sun.jmx.remote.internal.rmi=ALL-UNNAMED",
            "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED",
            "--add-exports=java.rmi/sun.rmi.server=ALL-UNNAMED",
            "--add-exports=java.rmi/sun.rmi.transport.tcp=ALL-UNNAMED",
            "--add-exports=java.sql/java.sql=ALL-UNNAMED");

    /// Threads of Cassandra that have nothing to do sleep for some ten microseconds, again and again; three servers
    /// that idle like this take half of a processor. The kernel may wake them so much later, in nanoseconds, and
    /// Java, which takes the shell's place, inherits that.
    private static final List<String> CALMED =
            List.of("/bin/sh", "-c", "echo 1000000 2>/dev/null > /proc/self/timerslack_ns; exec \"$@\"", "cassandra");

    private static final String LOGBACK = """
            <configuration>
              <appender name="F" class="ch.qos.logback.core.FileAppender">
                <file>${cassandra.logdir}/system.log</file>
                <encoder><pattern>%d{HH:mm:ss.SSS} %-5level %logger{20} %msg%n</pattern></encoder>
              </appender>
              <root level="INFO"><appender-ref ref="F"/></root>
            </configuration>
            """;

    private final Path directory;

    ServerFiles(Path directory) {
        this.directory = directory.toAbsolutePath();
    }

    Path log() {
        return directory.resolve("log/system.log");
    }

    Path output() {
        return directory.resolve("log/output.log");
    }

    void write(ServerSettings settings, int nativePort, int storagePort) throws IOException {
        Files.createDirectories(directory.resolve("conf"));
        Files.createDirectories(directory.resolve("log"));
        Files.writeString(directory.resolve("conf/logback.xml"), LOGBACK);
        String own = settings.host() + ":" + storagePort;
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("cluster_name", "waggle");
        lines.put("num_tokens", "4");
        lines.put("partitioner", "org.apache.cassandra.dht.Murmur3Partitioner");
        lines.put("listen_address", settings.host());
        lines.put("rpc_address", settings.host());
        lines.put("storage_port", Integer.toString(storagePort));
        lines.put("native_transport_port", Integer.toString(nativePort));
        lines.put("endpoint_snitch", "SimpleSnitch");
        lines.put("data_file_directories", "[" + directory.resolve("data/data") + "]");
        for (String kind : List.of("commitlog", "saved_caches", "hints")) {
            lines.put(
                    kind + "_directory", directory.resolve("data").resolve(kind).toString());
        }
        lines.put("cdc_raw_directory", directory.resolve("data/cdc_raw").toString());
        lines.put("commitlog_segment_size", "32MiB");
        lines.put("commitlog_total_space", "256MiB");
        lines.put("memtable_heap_space", "48MiB");
        lines.put("memtable_offheap_space", "48MiB");
        lines.put("file_cache_enabled", "false");
        lines.put("networking_cache_size", "16MiB");
        lines.put("key_cache_size", "8MiB");
        lines.put("concurrent_reads", "8");
        lines.put("concurrent_writes", "16");
        lines.put("concurrent_compactors", "1");
        lines.put("compaction_throughput", "64MiB/s");
        lines.put("authenticator", "AllowAllAuthenticator");
        lines.put("authorizer", "AllowAllAuthorizer");
        lines.put("hinted_handoff_enabled", "true");
        lines.put("auto_snapshot", "false");
        lines.put("write_request_timeout", "10s");
        lines.put("read_request_timeout", "10s");
        lines.put("cas_contention_timeout", "5s");
        settings.options().forEach(lines::put);
        String seeds = settings.seeds().isEmpty() ? own : String.join(",", settings.seeds());
        String text = lines.entrySet().stream()
                .map(line -> line.getKey() + ": " + line.getValue() + "\n")
                .collect(Collectors.joining());
        Files.writeString(
                directory.resolve("conf/cassandra.yaml"),
                text + settings.sync().lines() + "\nseed_provider:\n"
                        + "  - class_name: org.apache.cassandra.locator.SimpleSeedProvider\n    parameters:\n"
                        + "      - seeds: \"" + seeds + "\"\n");
    }

    List<String> command(Path java, ServerSettings settings) throws IOException {
        String classPath = classPath();
        String agent = Arrays.stream(classPath.split(":", -1))
                .filter(jar -> jar.contains("/jamm-"))
                .findFirst()
                .orElseThrow(() -> new IOException("no jamm in the class path of Cassandra"));
        List<String> command = new ArrayList<>(settings.calm() ? CALMED : List.of());
        command.add(java.toString());
        String heap = settings.heapMegabytes() + "m";
        command.addAll(List.of(
                "-Xms" + heap,
                "-Xmx" + heap,
                "-XX:MaxDirectMemorySize=160m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                settings.lasts() ? "-XX:+TieredCompilation" : "-XX:TieredStopAtLevel=1",
                "-javaagent:" + agent));
        OPENED.forEach(name -> {
            command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED");
            command.add("--add-exports=java.base/" + name + "=ALL-UNNAMED");
        });
        command.addAll(OTHERS);
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("jdk.attach.allowAttachSelf", "true");
        properties.put(
                "cassandra.config",
                directory.resolve("conf/cassandra.yaml").toUri().toString());
        properties.put("cassandra.storagedir", directory.resolve("data").toString());
        properties.put("cassandra.logdir", directory.resolve("log").toString());
        properties.put(
                "logback.configurationFile",
                directory.resolve("conf/logback.xml").toUri().toString());
        properties.put("cassandra-foreground", "yes");
        properties.put("cassandra.skip_wait_for_gossip_to_settle", "0");
        properties.put("cassandra.ring_delay_ms", "1000");
        properties.put("cassandra.superuser_setup_delay_ms", "0");
        properties.put("cassandra.consistent.rangemovement", "false");
        properties.put("cassandra.max_local_pause_in_ms", "20000");
        properties.put("io.netty.eventLoopThreads", "4");
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-cp", classPath, "org.apache.cassandra.service.CassandraDaemon"));
        return command;
    }

    private static String classPath() throws IOException {
        try (InputStream in = ServerFiles.class.getResourceAsStream("cassandra.classpath")) {
            if (in == null) {
                throw new IOException("no class path of Cassandra (expected: written by modules/cassandra-runtime)");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    /// The last lines of what the server said.
    String tail(int lines) {
        StringBuilder tail = new StringBuilder();
        for (Path file : List.of(output(), log())) {
            try {
                List<String> all = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
                tail.append(file).append(":\n");
                all.subList(Math.max(0, all.size() - lines), all.size())
                        .forEach(line -> tail.append("  ").append(line).append('\n'));
            } catch (IOException e) {
                tail.append(file).append(": ").append(e).append('\n');
            }
        }
        return tail.toString();
    }
}
