package dev.waggle.cassandra;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One Cassandra server in a process of its own. It ends with this process, however that ends.
///
/// Not thread-safe, but for what only looks.
public final class CassandraServer implements AutoCloseable {
    /// Five seconds on an idle machine, a multiple of that on a busy one.
    private static final Duration START_MAX = Duration.ofMinutes(3);
    private static final int TAIL = 60;

    private final ServerFiles files;
    private final ServerSettings settings;
    private final Thread atEnd = new Thread(this::kill, "end-of-cassandra");
    private final Ports ports;
    private @Nullable Process process;
    private @Nullable Process guard;

    CassandraServer(Path directory, ServerSettings settings, Ports ports) {
        this.files = new ServerFiles(directory);
        this.settings = settings;
        this.ports = ports;
        Runtime.getRuntime().addShutdownHook(atEnd);
    }

    /// Starts a server on free ports over what is in the directory; ready when its native port answers.
    ///
    /// @throws IllegalStateException with the end of its log when it does not come up
    public static CassandraServer start(Path directory, ServerSettings settings) {
        for (int attempt = 1; ; attempt++) {
            CassandraServer server = new CassandraServer(directory, settings, Ports.free(List.of(settings.host())));
            try {
                server.start();
                return server;
            } catch (IllegalStateException e) {
                server.close();
                if (attempt == Ports.ATTEMPTS || !server.lostItsPort()) {
                    throw e;
                }
            }
        }
    }

    /// Between looking for a port and taking it, somebody else may have.
    boolean lostItsPort() {
        return files.tail(TAIL).contains("Address already in use");
    }

    /// Again on the same data and ports, after [#kill].
    public void start() {
        if (isAlive()) {
            throw new IllegalStateException("Cassandra runs already, as process " + pid());
        }
        try {
            files.write(settings, ports.cql(), ports.storage());
            Process started = new ProcessBuilder(files.command(ServerJdk.java(System.getenv()), settings))
                    .redirectErrorStream(true)
                    .redirectOutput(files.output().toFile())
                    .start();
            process = started;
            guard = guard(started.pid());
        } catch (IOException e) {
            throw new IllegalStateException("Cassandra did not start", e);
        }
        awaitUp();
    }

    /// Ends the server when this process is gone: the pipe closes then, also after a kill -9.
    private static Process guard(long pid) throws IOException {
        return new ProcessBuilder("/bin/sh", "-c", "read -r _; kill -9 " + pid)
                .redirectErrorStream(true)
                .start();
    }

    private void awaitUp() {
        long end = System.nanoTime() + START_MAX.toNanos();
        while (!answers()) {
            Process running = process;
            if (running == null || !running.isAlive() || System.nanoTime() > end) {
                String why = running != null && running.isAlive()
                        ? "Cassandra did not answer within " + START_MAX
                        : "Cassandra ended while it started";
                kill();
                throw new IllegalStateException(why + "\n" + files.tail(TAIL));
            }
            try {
                // Until it is time to look again, or the process has ended.
                boolean _ = running.waitFor(100, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                kill();
                throw new IllegalStateException("interrupted while Cassandra started", e);
            }
        }
    }

    /// True when somebody accepts connections for CQL.
    public boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(address(), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public boolean isAlive() {
        Process running = process;
        return running != null && running.isAlive();
    }

    public String host() {
        return settings.host();
    }

    /// Where CQL is spoken.
    public InetSocketAddress address() {
        return new InetSocketAddress(settings.host(), ports.cql());
    }

    /// `host:port`, where CQL is spoken.
    public String contactPoint() {
        return settings.host() + ":" + ports.cql();
    }

    public int storagePort() {
        return ports.storage();
    }

    public long pid() {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("Cassandra was not started");
        }
        return running.pid();
    }

    /// As by kill -9: without a last word. Waits until it is gone.
    public void kill() {
        Process running = process;
        Process watching = guard;
        if (watching != null) {
            // Before the server: afterwards its number may be another one's.
            watching.destroyForcibly().onExit().join();
        }
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }

    /// The process stands still and its sockets stay open: SIGSTOP.
    public void freeze() {
        signal("STOP");
    }

    /// Goes on after [#freeze].
    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder(List.of("kill", "-" + name, Long.toString(pid()))).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill -" + name + " " + pid() + " was refused");
            }
        } catch (IOException e) {
            throw new IllegalStateException("kill -" + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("kill -" + name, e);
        }
    }

    /// The last lines of its log.
    public String tail() {
        return files.tail(TAIL);
    }

    /// Ends it; what it stored stays where it is.
    @Override
    public void close() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(atEnd);
        } catch (IllegalStateException e) {
            // The process is ending and runs its hooks already.
            return;
        }
    }
}
