package dev.waggle.platform.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import com.fasterxml.jackson.databind.JsonNode;
import dev.waggle.cassandra.CassandraServer;
import dev.waggle.cassandra.ServerSettings;
import dev.waggle.platform.boot.Main;
import dev.waggle.platform.chaos.History.Chat;
import dev.waggle.platform.chaos.History.Event;
import dev.waggle.platform.chaos.History.Heard;
import dev.waggle.simulator.Simulator;
import dev.waggle.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Two real nodes on a real Cassandra. The one that runs the account is halted (`SIGSTOP`) when it is about to
/// write an event, until the other one has taken the account over, and goes on then: what it was about to write
/// lands in the journal beside what the next owner wrote under the same number.
@Timeout(300)
@EnabledOnOs(OS.LINUX)
@EnabledIfSystemProperty(
        named = "waggle.test.storm",
        matches = "true",
        disabledReason = "not repeated often enough yet: -Dwaggle.test.storm=true")
class HaltedOwnerTest {
    private static final long PATIENCE = Duration.ofSeconds(90).toNanos();
    private static final String ACCOUNT = "/v1/accounts/chaos";
    private static final String JOURNAL = "account|chaos";
    private static final String HALT = "persisting:45:halt";

    @TempDir
    Path folder;

    private final Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT);
    private final Web web = new Web();
    private final Town town = new Town(simulator.admin(), web);
    private final AtomicInteger halts = new AtomicInteger();
    private final List<NodeProcess> nodes = new ArrayList<>();
    private volatile URI asked = simulator.admin();
    private final Desk desk = new Desk(() -> asked, web);

    @AfterEach
    void close() {
        desk.close();
        nodes.forEach(NodeProcess::close);
        web.close();
        simulator.close();
    }

    private NodeProcess start(CassandraServer cassandra, String name, Map<String, String> more) throws IOException {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("waggle.node-name", name);
        settings.put("waggle.whatsapp.url", simulator.ws().toString());
        settings.put("waggle.whatsapp.root-key", simulator.rootKey().toHex());
        settings.put("waggle.storage.backend", "cassandra");
        settings.put("waggle.storage.cassandra.contact-points", cassandra.contactPoint());
        settings.put("waggle.storage.cassandra.replication", "1");
        settings.put("waggle.cluster.enabled", "on");
        settings.put("waggle.cluster.port", "0");
        settings.put("waggle.cluster.stable-after", "3s");
        settings.put("waggle.cassandra-lease.heartbeat-timeout", "6s");
        settings.put("waggle.cassandra-lease.heartbeat-interval", "1s");
        settings.put("waggle.cassandra-lease.clock-skew", "1s");
        NodeProcess node = NodeProcess.start(
                Main.class.getName(),
                folder.resolve("data"),
                settings,
                folder.resolve(name + ".log").toFile());
        nodes.add(node);
        asked = node.http();
        return node;
    }

    private static void signal(String name, NodeProcess node) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(node.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static boolean halted(NodeProcess node) throws IOException {
        String status = Files.readString(Path.of("/proc", Long.toString(node.pid()), "stat"));
        return status.substring(status.lastIndexOf(')') + 2).startsWith("T");
    }

    private static void until(String what, Callable<Boolean> so) throws Exception {
        long end = System.nanoTime() + PATIENCE;
        while (!so.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            synchronized (HaltedOwnerTest.class) {
                HaltedOwnerTest.class.wait(20);
            }
        }
    }

    private JsonNode account() throws Exception {
        return desk.call("GET", ACCOUNT, "");
    }

    private void online(String node) throws Exception {
        until("online at " + node, () -> {
            JsonNode account = account();
            return account.path("node").asText().equals(node)
                    && account.path("observedState").asText().equals("ONLINE");
        });
    }

    private String pair() throws Exception {
        desk.call("PUT", ACCOUNT, "{\"pushName\":\"Chaos\"}");
        String pairing = desk.call("POST", ACCOUNT + "/pairings", "{\"method\":\"qr\"}")
                .path("id")
                .asText();
        StringBuilder qr = new StringBuilder();
        until("a code", () -> {
            qr.append(desk.call("GET", ACCOUNT + "/pairings/" + pairing, "")
                    .path("qr")
                    .asText(""));
            return !qr.isEmpty();
        });
        town.scan(qr.toString());
        online("node-1");
        return account().path("pn").asText();
    }

    private String address() throws Exception {
        return desk.call("GET", "/v1/cluster/members", "")
                .path("items")
                .path(0)
                .path("address")
                .asText();
    }

    private void quiet(Traffic traffic) throws Exception {
        until(
                "everything said and told, missing " + traffic.missing(),
                () -> traffic.done() >= traffic.planned() && traffic.missing().isEmpty());
    }

    @Test
    void an_owner_that_was_halted_while_it_wrote_says_nothing_after_the_next_one_and_nothing_is_lost()
            throws Exception {
        try (CassandraServer cassandra = CassandraServer.start(folder.resolve("cassandra"), ServerSettings.SMALL)) {
            NodeProcess first = start(cassandra, "node-1", Map.of("waggle.failpoint", HALT));
            String pn = pair();
            long epoch = account().path("epoch").asLong();
            List<String> contacts = List.of(town.contact("Carla"), town.contact("Dora"));
            start(cassandra, "node-2", Map.of("waggle.cluster.seeds", address()));
            Traffic traffic = new Traffic(desk, town, "chaos", pn, halts);
            Thread follower = traffic.follow();
            List<Thread> talking = traffic.start(contacts, 80);
            until("halted in the midst of writing", () -> halted(first));
            halts.incrementAndGet();
            online("node-2");
            assertThat(account().path("epoch").asLong()).isGreaterThan(epoch);
            traffic.more(5);
            quiet(traffic);

            signal("CONT", first);
            until("the end of a node that the others put out", () -> !first.alive());
            traffic.more(5);
            quiet(traffic);
            aheadAndBehind(cassandra);
            desk.call("POST", ACCOUNT + "/operations", "{\"type\":\"restart\"}");
            until("a new owner", () -> account().path("epoch").asLong() > epoch + 1);
            online("node-2");
            traffic.more(5);
            quiet(traffic);
            traffic.end();
            for (Thread one : talking) {
                one.join();
            }
            List<Violation> found = Checker.check(history(contacts, traffic));
            desk.close();
            follower.interrupt();
            assertThat(found).isEmpty();
        }
    }

    /// What the halted owner wrote late lies in the journal; here it lies there twice more, as from owners whose
    /// clocks are an hour ahead and behind.
    private static void aheadAndBehind(CassandraServer cassandra) {
        String[] address = cassandra.contactPoint().split(":", -1);
        try (CqlSession session = CqlSession.builder()
                .addContactPoint(new InetSocketAddress(address[0], Integer.parseInt(address[1])))
                .withLocalDatacenter("datacenter1")
                .withKeyspace("waggle")
                .build()) {
            List<Row> rows = session.execute(
                            "SELECT * FROM messages WHERE persistence_id = '" + JOURNAL + "' AND partition_nr = 0")
                    .all();
            Map<Long, List<Row>> numbered =
                    rows.stream().collect(Collectors.groupingBy(row -> row.getLong("sequence_nr")));
            long twice = numbered.entrySet().stream()
                    .filter(entry -> entry.getValue().size() == 2)
                    .mapToLong(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("nothing was written late"));
            String before =
                    Objects.requireNonNull(numbered.get(twice - 1)).getFirst().getString("writer_uuid");
            Row late = Objects.requireNonNull(numbered.get(twice)).stream()
                    .filter(row -> row.getString("writer_uuid").equals(before))
                    .findFirst()
                    .orElseThrow();
            for (long hours : new long[] {-1, 1}) {
                UUID moment = Uuids.startOf(
                        Instant.now().plus(Duration.ofHours(hours)).toEpochMilli());
                session.execute(
                        "INSERT INTO messages (persistence_id, partition_nr, sequence_nr, timestamp, timebucket,"
                                + " writer_uuid, ser_id, ser_manifest, event_manifest, event)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        JOURNAL,
                        0L,
                        twice,
                        moment,
                        late.getString("timebucket"),
                        before,
                        late.getInt("ser_id"),
                        late.getString("ser_manifest"),
                        late.getString("event_manifest"),
                        late.getByteBuffer("event"));
            }
        }
    }

    private History history(List<String> contacts, Traffic traffic) throws Exception {
        List<Event> events = desk.log("chaos");
        long last = events.getLast().sequence();
        until("the follower at the end", () -> traffic.live().stream().anyMatch(event -> event.sequence() >= last));
        List<Heard> heard = new ArrayList<>();
        for (String contact : contacts) {
            Chat chat = new Chat("chaos", contact);
            town.heard(contact)
                    .forEach(one -> heard.add(new Heard(
                            chat, one.path("id").asText(), one.path("text").asText())));
        }
        return new History(
                traffic.sends(),
                traffic.said(),
                heard,
                traffic.live().stream()
                        .filter(event -> event.sequence() <= last)
                        .toList(),
                events,
                town.server(),
                List.of());
    }
}
