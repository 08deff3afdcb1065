package dev.waggle.platform.chaos.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.cassandra.CassandraServer;
import dev.waggle.cassandra.ServerSettings;
import dev.waggle.platform.chaos.Desk;
import dev.waggle.platform.chaos.NodeProcess;
import dev.waggle.platform.chaos.Surroundings;
import dev.waggle.platform.chaos.Town;
import dev.waggle.platform.chaos.Web;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Cassandra, the simulated WhatsApp, and the nodes of one cluster, each a process of its own. All of them end with
/// this one, however it ends.
public final class Fleet implements AutoCloseable {
    /// Nothing ever strikes the simulator, but on a machine that is busy it is as late as everybody: what a contact
    /// was told to say is said, and whoever gave up waiting would not know.
    private static final Duration TOWN_MAX = Duration.ofMinutes(2);

    private final FleetSettings settings;
    private final Consumer<String> out;
    private final Path directory;
    private final Thread atEnd = new Thread(this::end, "end-of-fleet");
    private final List<CassandraServer> ring = new CopyOnWriteArrayList<>();
    private final List<Seat> seats = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final Web web;
    private final Web townWeb = new Web(TOWN_MAX);
    private final SimulatorProcess simulator;
    private final Town town;
    private final Desk desk;

    private Fleet(FleetSettings settings, Consumer<String> out) throws IOException {
        this.settings = settings;
        this.out = out;
        this.directory = Files.createTempDirectory("waggle-fleet");
        this.web = new Web(settings.answerMax());
        Runtime.getRuntime().addShutdownHook(atEnd);
        this.simulator = SimulatorProcess.start(
                settings.main(), directory.resolve("simulator.log").toFile());
        this.town = new Town(around().admin(), townWeb);
        this.desk = new Desk(this::any, web);
    }

    /// Starts everything, Cassandra first; complete when the cluster has all its members.
    ///
    /// @param out told what happens, a line at a time
    /// @throws IOException when one of them ends before it is ready
    public static Fleet start(FleetSettings settings, Consumer<String> out) throws IOException, InterruptedException {
        Fleet fleet = new Fleet(settings, out);
        try {
            fleet.begin();
            return fleet;
        } catch (IOException | InterruptedException | RuntimeException e) {
            fleet.close();
            throw e;
        }
    }

    private void begin() throws IOException, InterruptedException {
        masterKey();
        ServerSettings first = settings.lasts() ? ServerSettings.SMALL.lasting() : ServerSettings.SMALL;
        first = settings.cassandraNodes() > 1 ? first.calmed() : first;
        for (int i = 1; i <= settings.cassandraNodes(); i++) {
            Path place = directory.resolve("cassandra-" + i);
            ring.add(CassandraServer.start(place, i == 1 ? first : first.joining("127.0.0." + i, ring.getFirst())));
            out.accept("cassandra-" + i + " answers at " + ring.getLast().contactPoint());
        }
        // An address of its own for each member tells the cables who is calling.
        String net = "127." + ThreadLocalRandom.current().nextInt(2, 250) + "."
                + ThreadLocalRandom.current().nextInt(1, 250) + ".";
        for (int i = 1; i <= settings.nodes(); i++) {
            String name = "node-" + i;
            seats.add(new Seat(
                    name, settings.wired() ? net + (10 + i) : "127.0.0.1", settings.wired(), directory.resolve(name)));
        }
        start(seats.getFirst(), List.of(seats.getFirst().address()));
        List<CompletableFuture<Void>> others = seats.stream()
                .skip(1)
                .map(seat -> CompletableFuture.runAsync(() -> begin(seat)))
                .toList();
        try {
            others.forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            throw new IOException(e.getCause() == null ? e : e.getCause());
        }
    }

    private void begin(Seat seat) {
        try {
            start(seat);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private void masterKey() throws IOException {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        Path file = Files.createFile(
                masterKeyFile(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, HexFormat.of().formatHex(key));
    }

    private Path masterKeyFile() {
        return directory.resolve("master.key");
    }

    /// Starts a node that does not run, as one that the others take in; complete when it is ready.
    public void start(Seat seat) throws IOException {
        // Never itself, while any other runs: who was away must find the others or nobody.
        List<String> others =
                seats.stream().filter(other -> other != seat).map(Seat::address).toList();
        boolean alone = seats.stream().noneMatch(other -> other != seat && other.alive());
        start(seat, alone && seat == seats.getFirst() ? List.of(seat.address()) : others);
    }

    private void start(Seat seat, List<String> seeds) throws IOException {
        Map<String, String> all = new HashMap<>(Map.of(
                "waggle.storage.backend",
                "cassandra",
                "waggle.storage.cassandra.contact-points",
                ring.stream().map(CassandraServer::contactPoint).collect(Collectors.joining(",")),
                "waggle.storage.cassandra.replication",
                Integer.toString(ring.size()),
                "waggle.storage.master-key-file",
                masterKeyFile().toString(),
                "waggle.whatsapp.url",
                around().whatsapp().toString(),
                "waggle.whatsapp.root-key",
                around().rootKey(),
                "waggle.cluster.lease",
                "waggle.cassandra-lease",
                "waggle.cluster.shards",
                "24",
                "waggle.cluster.join-max",
                "90s"));
        // A machine that runs all of this at once is busy; too late an answer must not end a node that starts.
        all.put("waggle.storage.cassandra.request-timeout-ms", "20000");
        all.put("waggle.storage.cassandra.requests-max", "16");
        all.putAll(settings.node());
        seat.start(settings.main(), seeds, all);
        out.accept(
                seat.name() + " is ready at " + seat.http().map(URI::toString).orElse("no address"));
    }

    Surroundings around() {
        return simulator.around();
    }

    /// The API of the next node in turn that has a process, frozen or not.
    public URI any() {
        for (int i = 0; i < seats.size(); i++) {
            Seat seat = seats.get(Math.floorMod(turn.getAndIncrement(), seats.size()));
            if (seat.http().isPresent()) {
                return seat.http().get();
            }
        }
        // Nobody answers there: whoever asks asks again.
        return URI.create("http://127.0.0.1:1");
    }

    public List<Seat> seats() {
        return List.copyOf(seats);
    }

    public List<CassandraServer> ring() {
        return List.copyOf(ring);
    }

    /// Of this one nothing reaches the others any more.
    public void silence(Seat seat) {
        seats.stream().filter(other -> other != seat).forEach(seat::cutTo);
    }

    /// Of the others nothing reaches this one any more.
    public void deafen(Seat seat) {
        seats.stream().filter(other -> other != seat).forEach(other -> other.cutTo(seat));
    }

    /// These two reach each other no more.
    public void part(Seat one, Seat other) {
        one.cutTo(other);
        other.cutTo(one);
    }

    /// Everybody reaches everybody.
    public void mend() {
        seats.forEach(Seat::mend);
    }

    /// The phones and contacts.
    public Town town() {
        return town;
    }

    /// Asks all nodes in turn.
    public Desk desk() {
        return desk;
    }

    public Web web() {
        return web;
    }

    /// One question to one node; `401`, `503` and so on are answers.
    public Web.Reply ask(URI node, String path) throws IOException, InterruptedException {
        return web.call("GET", node.resolve(path), "", Map.of("Authorization", "Bearer " + NodeProcess.KEY));
    }

    /// Lines about who is there and where accounts live, as any node says.
    public List<String> where() throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        JsonNode members = desk.call("GET", "/v1/cluster/members", "").path("items");
        JsonNode shards = desk.call("GET", "/v1/cluster/shards", "").path("items");
        for (JsonNode member : members) {
            int parts = 0;
            int accounts = 0;
            for (JsonNode shard : shards) {
                if (shard.path("node").asText().equals(member.path("node").asText())) {
                    parts++;
                    accounts += shard.path("accounts").asInt();
                }
            }
            lines.add(member.path("node").asText() + " " + member.path("status").asText()
                    + (member.path("reachable").asBoolean() ? "" : ", not reachable") + ": " + accounts
                    + " accounts in " + parts + " shards");
        }
        return lines;
    }

    /// Where logs and data are.
    public Path directory() {
        return directory;
    }

    private void end() {
        for (Seat seat : seats) {
            try {
                seat.close();
            } catch (IOException e) {
                out.accept(seat.name() + ": " + e);
            }
        }
        simulator.close();
        ring.forEach(CassandraServer::close);
    }

    @Override
    public void close() {
        desk.close();
        end();
        web.close();
        townWeb.close();
        try {
            Runtime.getRuntime().removeShutdownHook(atEnd);
        } catch (IllegalStateException e) {
            // The process is ending and runs its hooks already.
            return;
        }
    }
}
