package dev.waggle.benchmarks.stage;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A Java process that says on one line of JSON when it is ready: a node or the simulator. It ends with this
/// process when that ends in order.
final class Child implements AutoCloseable {
    /// As `bin/waggle` starts one.
    private static final List<String> FLAGS = List.of(
            "-XX:+UseCompactObjectHeaders",
            "-XX:G1PeriodicGCInterval=30000",
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=30",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");
    private static final long END_MAX_SECONDS = 60;

    private final Process process;
    private final JsonNode ready;
    private final Thread atEnd;

    private Child(Process process, JsonNode ready, Thread atEnd) {
        this.process = process;
        this.ready = ready;
        this.atEnd = atEnd;
    }

    /// Starts one on the class path of this process and waits until it is ready.
    ///
    /// @param more flags of the JVM
    /// @param environment beside this process's own; `WAGGLE_CONF` is taken out
    /// @throws IOException when it ends before; what it said is in `log`
    static Child start(
            List<String> more, String main, List<String> arguments, Map<String, String> environment, File log)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(more);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().remove("WAGGLE_CONF");
        builder.environment().putAll(environment);
        Process process = builder.start();
        Thread atEnd = new Thread(process::destroyForcibly, "end-of-child");
        Runtime.getRuntime().addShutdownHook(atEnd);
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("{\"ready\":true")) {
                return new Child(process, Web.JSON.readTree(line), atEnd);
            }
        }
        process.destroyForcibly();
        throw new IOException(main + " ended before it was ready: see " + log);
    }

    /// What it said of itself.
    JsonNode ready() {
        return ready;
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /// Until it has ended itself.
    void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    /// `kill -9`.
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /// SIGTERM, and -9 when it takes longer than a minute.
    void end() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(END_MAX_SECONDS, TimeUnit.SECONDS)) {
            kill();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            Runtime.getRuntime().removeShutdownHook(atEnd);
        } catch (IllegalStateException e) {
            // The process is ending and runs its hooks already.
            return;
        }
    }
}
