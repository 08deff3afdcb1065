package dev.waggle.simulator.exchange;

import dev.waggle.address.Jid;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.Directory;
import dev.waggle.simulator.directory.Groups;
import dev.waggle.simulator.directory.PreKeyServer;
import dev.waggle.simulator.report.Report;
import dev.waggle.wire.node.Node;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The heart of the simulated server. One thread owns all state: [#submit], [#submitUnlinked], [#run] and [#ask]
/// may be called from any thread, everything else only on the exchange's own thread (inside [#run] or [#ask], or in
/// a callback).
public final class Exchange implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Exchange.class);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("waggle-simulator-exchange").daemon(true).factory());
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Directory directory;
    private final Groups groups;
    private final PreKeyServer preKeys;
    private final Report report;
    private final Companions companions = new Companions();
    private long connections;

    public Exchange(ExchangeLimits limits, InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
        this.directory = new Directory(limits.usersMax());
        this.groups = new Groups(limits.groupsMax());
        this.preKeys = new PreKeyServer(limits.keysPerDeviceMax());
        this.report = new Report(limits.reportEntriesMax());
    }

    public Directory directory() {
        return directory;
    }

    public Groups groups() {
        return groups;
    }

    public PreKeyServer preKeys() {
        return preKeys;
    }

    public Report report() {
        return report;
    }

    public Companions companions() {
        return companions;
    }

    /// Unix seconds.
    public long now() {
        return clock.instant().getEpochSecond();
    }

    public RandomGenerator random() {
        return random;
    }

    /// Runs on the exchange's thread, in order of the calls. From any thread.
    public void run(Runnable step) {
        try {
            thread.execute(() -> guarded(step));
        } catch (RejectedExecutionException e) {
            log.debug("step after close");
        }
    }

    /// Asks on the exchange's thread. From any thread but the exchange's.
    public <T> CompletableFuture<T> ask(Callable<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            thread.execute(() -> {
                try {
                    answer.complete(question.call());
                } catch (Exception e) {
                    answer.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    private static void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            log.error("a step of the exchange failed", e);
        }
    }

    /// A stanza that a device sent over one of its connections. From any thread; stanzas of one caller keep their
    /// order.
    public void submit(Jid fromDevice, Node stanza, ConnectionId connection) {
        throw new UnsupportedOperationException();
    }

    /// A stanza of a companion that is not linked yet. From any thread.
    public void submitUnlinked(Companion companion, Node stanza) {
        throw new UnsupportedOperationException();
    }

    /// Makes `link` the device's only link: a former one is told `conflict type=replaced` and closed. Queued
    /// stanzas follow when the device asks for them; with `active` at once (for devices in this process).
    public ConnectionId attach(Device device, DeviceLink link, boolean active) {
        throw new UnsupportedOperationException();
    }

    /// The link is gone; without effect when a later one replaced it.
    public void detach(Device device, ConnectionId connection) {
        throw new UnsupportedOperationException();
    }

    /// A companion registered over a socket: gives it refs. `out` and `close` reach its socket.
    public Companion register(Registration registration, Consumer<Node> out, Runnable close) {
        throw new UnsupportedOperationException();
    }

    public void unregister(Companion companion) {
        companions.remove(companion);
    }

    ConnectionId nextConnection() {
        return new ConnectionId(++connections);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
