package dev.waggle.platform.chaos.fleet;

import dev.waggle.platform.chaos.NodeProcess;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The place of one node: a name, an address and a data directory that outlive its processes.
public final class Seat implements AutoCloseable {
    /// In a line of a node's log, once for each that was lost.
    private static final String DEAD_LETTER = " dead letter ";

    private final String name;
    private final String host;
    private final int bindPort;
    private final @Nullable Cable cable;
    private final Path directory;
    private final Path rehearsal;
    private volatile @Nullable NodeProcess process;
    private volatile boolean frozen;
    private volatile boolean closed;

    Seat(String name, String host, boolean wired, Path directory) throws IOException {
        this.name = name;
        this.host = host;
        this.directory = Files.createDirectories(directory);
        this.rehearsal = directory.resolve("rehearsal.properties");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            this.bindPort = free.getLocalPort();
        }
        this.cable = wired ? new Cable(host, new InetSocketAddress(host, bindPort)) : null;
    }

    public String name() {
        return name;
    }

    String host() {
        return host;
    }

    /// Where the other members reach it.
    String address() {
        Cable way = cable;
        return host + ":" + (way == null ? bindPort : way.port());
    }

    /// Starts a process and waits until it is ready.
    void start(String main, List<String> seeds, Map<String, String> more) throws IOException {
        Map<String, String> all = new HashMap<>(more);
        String canonical = address();
        all.put("waggle.node-name", name);
        all.put("waggle.cluster.enabled", "on");
        all.put("waggle.cluster.host", host);
        all.put("waggle.cluster.port", canonical.substring(canonical.lastIndexOf(':') + 1));
        all.put("waggle.cluster.seeds", String.join(",", seeds));
        if (cable != null) {
            all.put("waggle.cluster.bind-port", Integer.toString(bindPort));
            all.put("pekko.remote.artery.advanced.tcp.outbound-client-hostname", host);
        }
        rehearse(Map.of());
        all.put("waggle.rehearsal-file", rehearsal.toString());
        frozen = false;
        process = NodeProcess.start(main, directory.resolve("data"), all, log());
        if (closed) {
            // It was ready only after the end.
            close();
        }
    }

    /// Has the running node pretend something, until it is told otherwise; see `waggle.rehearsal-file`.
    // One fault ends while another one begins here: each writes the whole file.
    public synchronized void rehearse(Map<String, String> what) throws IOException {
        StringBuilder lines = new StringBuilder();
        what.forEach((key, value) -> lines.append(key).append('=').append(value).append('\n'));
        Path next = rehearsal.resolveSibling("rehearsal.next");
        Files.writeString(next, lines);
        Files.move(
                next,
                rehearsal,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    File log() {
        return directory.resolve("node.log").toFile();
    }

    public boolean alive() {
        NodeProcess now = process;
        return now != null && now.alive();
    }

    /// Where its API is, while there is a process.
    public Optional<URI> http() {
        NodeProcess now = process;
        return now != null && now.alive() ? Optional.of(now.http()) : Optional.empty();
    }

    /// `kill -9`; nothing when it does not run.
    public void kill() throws InterruptedException {
        NodeProcess now = process;
        if (now != null) {
            now.kill();
        }
    }

    /// The process stands still and its sockets stay open.
    public void freeze() throws IOException, InterruptedException {
        NodeProcess now = process;
        if (now != null && Signals.send("STOP", now.pid())) {
            frozen = true;
        }
    }

    /// Goes on after [#freeze], or after it froze itself.
    public void thaw() throws IOException, InterruptedException {
        NodeProcess now = process;
        if (now != null) {
            Signals.send("CONT", now.pid());
        }
        frozen = false;
    }

    /// Whether the process stands still, whoever made it.
    public boolean standsStill() throws IOException, InterruptedException {
        NodeProcess now = process;
        return now != null && now.alive() && Signals.stopped(now.pid());
    }

    public boolean frozen() {
        return frozen;
    }

    /// Nothing that this one says reaches `other` any more.
    void cutTo(Seat other) {
        Cable way = other.cable;
        if (way != null) {
            way.cut(host);
        }
    }

    void mend() {
        Cable way = cable;
        if (way != null) {
            way.mend();
        }
    }

    /// Messages that reached nobody inside, in any of its lives.
    public List<String> deadLetters() throws IOException {
        if (!log().exists()) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(log().toPath())) {
            return lines.filter(line -> line.contains(DEAD_LETTER))
                    .map(line -> name + ": " + line)
                    .toList();
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        NodeProcess now = process;
        if (now != null) {
            now.close();
        }
        Cable way = cable;
        if (way != null) {
            way.close();
        }
    }
}
