package dev.waggle.platform.chaos;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `waggle serve` in a process of its own, over a data directory that outlives it.
public final class NodeProcess implements AutoCloseable {
    public static final String KEY = "chaos-key";

    private final Process process;
    private final Guard guard;
    private final URI http;

    private NodeProcess(Process process, Guard guard, URI http) {
        this.process = process;
        this.guard = guard;
        this.http = http;
    }

    /// Starts and waits until the node says that it is ready.
    ///
    /// @throws IOException when it ends before; what it said is in `log`
    public static NodeProcess start(String main, Path data, Map<String, String> settings, File log) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseCompactObjectHeaders",
                "-XX:TieredStopAtLevel=1",
                "-Xmx384m",
                "-cp",
                System.getProperty("java.class.path"),
                main,
                "serve",
                "-Dwaggle.http.port=0",
                "-Dwaggle.data-dir=" + data));
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().put("WAGGLE_ADMIN_KEY", KEY);
        builder.environment().remove("WAGGLE_CONF");
        Process process = builder.start();
        Guard guard = Guard.over(process);
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("{\"ready\":true")) {
                return new NodeProcess(
                        process,
                        guard,
                        URI.create(Web.JSON.readTree(line).path("http").asText()));
            }
        }
        guard.close();
        process.destroyForcibly();
        throw new IOException("the node ended before it was ready: see " + log);
    }

    public URI http() {
        return http;
    }

    public long pid() {
        return process.pid();
    }

    /// Until it has ended itself.
    void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /// `kill -9`.
    public void kill() throws InterruptedException {
        guard.close();
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        guard.close();
        process.destroyForcibly();
    }
}
