package dev.waggle.simulator.exchange;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.directory.Directory;
import dev.waggle.simulator.directory.Groups;
import dev.waggle.simulator.directory.PreKeyServer;
import dev.waggle.simulator.directory.User;
import dev.waggle.simulator.fault.Fault;
import dev.waggle.simulator.fault.Faults;
import dev.waggle.simulator.iq.GroupAnswers;
import dev.waggle.simulator.loop.Loop;
import dev.waggle.simulator.media.MediaShelf;
import dev.waggle.simulator.report.Report;
import dev.waggle.simulator.shape.Replies;
import dev.waggle.wire.node.Node;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// The heart of the simulated server. One thread owns all state: [#submit], [#submitUnlinked], [#run] and [#ask]
/// may be called from any thread, everything else only on the exchange's own thread (inside [#run] or [#ask], or in
/// a callback).
public final class Exchange implements AutoCloseable {
    private final Loop loop = new Loop("waggle-simulator-exchange");
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Directory directory;
    private final Groups groups;
    private final PreKeyServer preKeys;
    private final Report report;
    private final Companions companions = new Companions();
    private final Faults faults = new Faults();
    private final Map<Device, Line> lines = new HashMap<>();
    private final Linking linking = new Linking(this);
    private final Routes routes;
    private final ExchangeLimits limits;
    private final MediaShelf media;
    private Phones phones = Phones.NONE;
    private Contacts contacts = Contacts.NONE;
    private Inspector inspector = Inspector.LENIENT;
    private long connections;
    private long notifications;

    public Exchange(ExchangeLimits limits, InstantSource clock, RandomGenerator random) {
        this.limits = limits;
        this.clock = clock;
        this.random = random;
        this.directory = new Directory(limits.usersMax());
        this.groups = new Groups(limits.groupsMax());
        this.preKeys = new PreKeyServer(limits.keysPerDeviceMax());
        this.report = new Report(limits.reportEntriesMax());
        this.media = new MediaShelf(random);
        this.routes = new Routes(this);
    }

    /// Puts in what this package does not know. Before anything is attached.
    public void furnish(Phones phones, Contacts contacts, Inspector inspector, List<String> mediaHosts) {
        this.phones = phones;
        this.contacts = contacts;
        this.inspector = inspector;
        this.media.hosts(mediaHosts);
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

    public Faults faults() {
        return faults;
    }

    public Phones phones() {
        return phones;
    }

    public Contacts contacts() {
        return contacts;
    }

    public Inspector inspector() {
        return inspector;
    }

    public GroupAnswers groupChanges() {
        return routes.questions().groups();
    }

    /// Unix seconds.
    public long now() {
        return clock.instant().getEpochSecond();
    }

    public InstantSource clock() {
        return clock;
    }

    public RandomGenerator random() {
        return random;
    }

    /// Runs on the exchange's thread, in order of the calls. From any thread.
    public void run(Runnable step) {
        loop.run(step);
    }

    /// Asks on the exchange's thread. From any thread.
    public <T> CompletableFuture<T> ask(Callable<T> question) {
        return loop.ask(question);
    }

    /// Runs on the exchange's thread after a while. From any thread.
    public void after(Duration delay, Runnable step) {
        loop.after(delay, step);
    }

    /// A stanza that a device sent over one of its connections. From any thread; stanzas of one caller keep their
    /// order.
    public void submit(Jid fromDevice, Node stanza, ConnectionId connection) {
        run(() -> {
            Device device = directory.device(fromDevice);
            if (device == null) {
                return;
            }
            Line line = line(device);
            if (line.holds(connection)) {
                if (passes(device, line)) {
                    routes.stanza(device, stanza);
                }
            } else if (line.link() != null) {
                report.superseded(device.pn(), stanza.tag());
            }
        });
    }

    /// False when an armed fault swallows the stanza or ends the connection instead.
    private boolean passes(Device device, Line line) {
        if (!(line.link() instanceof FaultyLink link)) {
            return true;
        }
        if (faults.has(Fault.Kind.BLACKHOLE, device)) {
            report.add("blackholed", 1);
            return false;
        }
        if (link.struck()) {
            line.detach();
            report.attendance().left(device.pn(), clock.millis());
            return false;
        }
        return true;
    }

    /// A stanza of a companion that is not linked yet. From any thread.
    public void submitUnlinked(Companion companion, Node stanza) {
        run(() -> linking.stanza(companion, stanza));
    }

    /// A client logs in over a socket with the static key that its handshake proved.
    ///
    /// @param routingInfo what stood in front of the connection, or empty
    /// @return the connection; empty when the login is refused: the link was told why and is closed
    public Optional<ConnectionId> login(
            Jid deviceJid, Bytes noiseKey, Bytes routingInfo, boolean passive, DeviceLink socket) {
        Device device = directory.device(deviceJid);
        if (device == null || !device.noiseKey().equals(noiseKey)) {
            refuse(socket, Replies.failure(401));
            return Optional.empty();
        }
        routed(device, routingInfo);
        Optional<Fault> failure = faults.strike(Fault.Kind.FAILURE, device);
        if (failure.isPresent()) {
            refuse(socket, failure(failure.get()));
            return Optional.empty();
        }
        return Optional.of(welcome(device, passive, new FaultyLink(device, socket, this)));
    }

    private void routed(Device device, Bytes routingInfo) {
        if (routingInfo.isEmpty()) {
            return;
        }
        report.add("routedLogins", 1);
        if (!routingInfo.equals(device.routingInfo())) {
            report.violation("edge-routing", device.pn(), "other (expected: what the device was told last)");
        }
    }

    private static Node failure(Fault fault) {
        int code = fault.code() == 0 ? 503 : fault.code();
        return code == 402 && fault.ms() > 0
                ? Replies.banned(101, Duration.ofMillis(fault.ms()).toSeconds())
                : Replies.failure(code);
    }

    private void refuse(DeviceLink socket, Node failure) {
        report.add("refusedLogins", 1);
        socket.deliver(failure);
        socket.close();
    }

    private ConnectionId welcome(Device device, boolean passive, DeviceLink link) {
        report.add("logins", 1);
        report.attendance().came(device.pn(), clock.millis());
        ConnectionId connection = replace(device);
        link.deliver(Node.build("success")
                .attr("t", now())
                .attr("lid", device.lid())
                .attr("props", "0")
                .attr("display_name", device.user().pushName())
                .done());
        if (device.routingInfo().isEmpty()) {
            byte[] hint = new byte[24];
            random.nextBytes(hint);
            device.routingInfo(Bytes.wrap(hint));
        }
        link.deliver(Replies.routing(device.routingInfo()));
        line(device).attach(connection, link, false);
        if (!passive) {
            line(device).activate();
        }
        return connection;
    }

    /// Makes a device of this process present: everything for it is delivered at once and counts as confirmed.
    public ConnectionId attach(Device device, DeviceLink link) {
        ConnectionId connection = replace(device);
        line(device).attach(connection, link, true);
        return connection;
    }

    /// A former link is told `conflict type=replaced` and closed.
    private ConnectionId replace(Device device) {
        DeviceLink former = line(device).link();
        if (former != null) {
            report.add("replaced", 1);
            former.deliver(Replies.conflict(0, "replaced"));
            former.close();
        }
        return new ConnectionId(++connections);
    }

    /// The link is gone; without effect when a later one replaced it.
    public void detach(Jid deviceJid, ConnectionId connection) {
        Device device = directory.device(deviceJid);
        if (device != null && line(device).holds(connection)) {
            line(device).detach();
            report.attendance().left(device.pn(), clock.millis());
        }
    }

    /// A companion registered over a socket: gives it refs, or refuses it (empty) when its keys are wrong. `out`
    /// and `close` reach its socket.
    public Optional<Companion> register(Registration registration, Consumer<Node> out, Runnable close) {
        if (inspector.registration(registration) instanceof Verdict.Refused refused) {
            out.accept(Replies.failure(refused.code()));
            close.run();
            return Optional.empty();
        }
        Companion companion = linking.open(registration, out, close);
        companions.add(companion);
        return Optional.of(companion);
    }

    public void unregister(Companion companion) {
        companions.remove(companion);
        linking.closed(companion);
        phones.gone(companion);
    }

    /// Arms a fault; a cut or a stream error that lets no stanza through strikes every present target at once, and
    /// so does what the server loses.
    public int arm(Fault fault) {
        int id = faults.arm(fault);
        if (fault.kind() == Fault.Kind.LOSE_KEYS || fault.kind() == Fault.Kind.LOSE_ROTATION) {
            forget(fault);
            faults.disarm(id);
        }
        boolean ends = fault.kind() == Fault.Kind.CUT || fault.kind() == Fault.Kind.STREAM_ERROR;
        if (ends && fault.after() == 0) {
            lines.values().stream()
                    .filter(line -> Faults.hits(fault, line.device()))
                    .toList()
                    .forEach(line -> passes(line.device(), line));
        }
        if (fault.kind() == Fault.Kind.BLACKHOLE && fault.ms() > 0) {
            after(Duration.ofMillis(fault.ms()), () -> faults.disarm(id));
        }
        return id;
    }

    private void forget(Fault fault) {
        for (Line line : lines.values()) {
            Device device = line.device();
            if (!Faults.hits(fault, device)) {
                continue;
            }
            if (fault.kind() == Fault.Kind.LOSE_KEYS) {
                preKeys.forget(device);
                device.loseKeys();
            } else {
                device.loseRotation();
            }
        }
    }

    public boolean disarm(int fault) {
        return faults.disarm(fault);
    }

    public void disarmAll() {
        faults.disarmAll();
    }

    /// Unlinks a companion: it is told `device_removed` and disconnected, everybody who knew it is told.
    public void remove(Device device) {
        if (device.user().remove(device.id()) == null) {
            return;
        }
        preKeys.forget(device);
        Line line = lines.remove(device);
        DeviceLink link = line == null ? null : line.link();
        if (link != null) {
            link.deliver(Replies.conflict(401, "device_removed"));
            link.close();
        }
        report.add("removed", 1);
        changed(device.user());
    }

    /// A user's devices changed: everybody who asked for them before is told.
    public void changed(User user) {
        routes.questions().changed(user);
    }

    Line line(Device device) {
        return lines.computeIfAbsent(device, one -> new Line(one, directory, report, limits.queuedPerDeviceMax()));
    }

    /// True while the device has a link and takes live stanzas.
    public boolean online(Device device) {
        return line(device).online();
    }

    /// How many stanzas wait for the device's confirmation.
    public int waiting(Device device) {
        return line(device).waiting();
    }

    /// What the media hosts keep. Thread-safe.
    public MediaShelf media() {
        return media;
    }

    /// Queues a notification for a device until it is acked.
    public void notify(Device device, Node notification) {
        line(device).send(notification);
    }

    ExchangeLimits limits() {
        return limits;
    }

    String nextNotification() {
        return Long.toString(now()) + '-' + ++notifications;
    }

    @Override
    public void close() {
        loop.close();
    }
}
