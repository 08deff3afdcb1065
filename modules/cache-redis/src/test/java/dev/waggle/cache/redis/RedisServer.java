package dev.waggle.cache.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A real Redis server as a child process on a port of loopback: the binary comes out of a Maven artifact. It can
/// be killed, halted, and started again on the same port.
public final class RedisServer implements AutoCloseable {
    private final Path directory;
    private final List<String> more;
    private int port;
    private @Nullable Process process;

    /// Starts it on a free port and waits until it accepts connections. It keeps nothing on disk unless told to.
    ///
    /// @param more arguments of the server
    public static RedisServer start(Path directory, String... more) throws IOException {
        RedisServer server = new RedisServer(directory, List.of(more));
        for (int attempt = 1; ; attempt++) {
            server.port = freePort();
            try {
                server.start();
                return server;
            } catch (IOException e) {
                // Somebody took the port in between.
                if (attempt == 5) {
                    throw e;
                }
            }
        }
    }

    private RedisServer(Path directory, List<String> more) {
        this.directory = directory;
        this.more = more;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    public int port() {
        return port;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /// Again, on the same port.
    public void start() throws IOException {
        List<String> command = new ArrayList<>(List.of(binary().toString(), "--bind", "127.0.0.1"));
        command.addAll(List.of("--dir", directory.toString(), "--save", ""));
        if (!more.contains("--tls-port")) {
            command.addAll(List.of("--port", Integer.toString(port)));
        }
        more.forEach(argument -> command.add(argument.replace("PORT", Integer.toString(port))));
        Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
        process = started;
        StringBuilder said = new StringBuilder();
        BufferedReader out = started.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.append(line).append('\n');
            if (line.contains("Ready to accept connections")) {
                drain(out);
                return;
            }
        }
        throw new IOException("the server did not start: " + said);
    }

    /// A pipe that nobody reads would hold the server up.
    private static void drain(BufferedReader out) {
        Thread.ofVirtual().start(() -> {
            try (out) {
                while (out.readLine() != null) {
                    // Nobody wants it.
                }
            } catch (IOException e) {
                // The server is gone.
            }
        });
    }

    private Process running() {
        Process now = process;
        if (now == null) {
            throw new IllegalStateException("the server does not run");
        }
        return now;
    }

    /// `kill -9`; returns when it is gone.
    public void kill() throws InterruptedException {
        running().destroyForcibly().waitFor();
    }

    /// It keeps its connections and answers nothing.
    public void halt() throws IOException, InterruptedException {
        signal("-STOP");
    }

    public void goOn() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", name, Long.toString(running().pid())).start().waitFor();
    }

    private static Path binary() throws IOException {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        boolean arm = System.getProperty("os.arch", "").contains("aarch64");
        String name = system.contains("mac")
                ? "redis-server-6.2.6-v5-darwin-" + (arm ? "arm64" : "amd64")
                : arm ? "redis-server-6.2.7-linux-arm64" : "redis-server-6.2.6-v5-linux-amd64";
        Path binary = Files.createTempDirectory("waggle-redis").resolve("redis-server");
        try (InputStream in = RedisServer.class.getResourceAsStream("/" + name)) {
            if (in == null) {
                throw new IOException("no redis-server for " + system + " in the class path: " + name);
            }
            Files.copy(in, binary);
        }
        Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwx------"));
        binary.toFile().deleteOnExit();
        return binary;
    }

    @Override
    public void close() {
        Process now = process;
        if (now != null) {
            now.destroyForcibly();
            now.onExit().join();
        }
    }
}
