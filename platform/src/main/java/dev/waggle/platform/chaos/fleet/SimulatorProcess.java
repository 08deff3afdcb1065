package dev.waggle.platform.chaos.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.platform.chaos.Guard;
import dev.waggle.platform.chaos.Surroundings;
import dev.waggle.platform.chaos.Web;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// The simulated WhatsApp in a process of its own.
final class SimulatorProcess implements AutoCloseable {
    private final Process process;
    private final Guard guard;
    private final Surroundings around;

    private SimulatorProcess(Process process, Guard guard, Surroundings around) {
        this.process = process;
        this.guard = guard;
        this.around = around;
    }

    /// Starts and waits until it says that it is ready.
    ///
    /// @throws IOException when it ends before; what it said is in `log`
    static SimulatorProcess start(String main, File log) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseCompactObjectHeaders",
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main,
                        "simulator"))
                .redirectError(ProcessBuilder.Redirect.appendTo(log))
                .start();
        Guard guard = Guard.over(process);
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("{\"ready\":true")) {
                JsonNode ready = Web.JSON.readTree(line);
                Surroundings around = new Surroundings(
                        URI.create(ready.path("ws").asText()),
                        URI.create(ready.path("admin").asText()),
                        ready.path("rootKey").asText(),
                        main);
                return new SimulatorProcess(process, guard, around);
            }
        }
        guard.close();
        process.destroyForcibly();
        throw new IOException("the simulator ended before it was ready: see " + log);
    }

    Surroundings around() {
        return around;
    }

    boolean alive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        guard.close();
        process.destroyForcibly().onExit().join();
    }
}
