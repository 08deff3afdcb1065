package dev.waggle.platform.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.waggle.address.AccountId;
import dev.waggle.cassandra.CassandraServer;
import dev.waggle.cassandra.ServerSettings;
import dev.waggle.platform.account.AccountView;
import dev.waggle.platform.chaos.ChaosReport;
import dev.waggle.platform.chaos.ChaosRun;
import dev.waggle.platform.chaos.ChaosSettings;
import dev.waggle.simulator.Simulator;
import dev.waggle.simulator.SimulatorSettings;
import dev.waggle.storage.BackendDriver;
import dev.waggle.storage.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A node whose journal, snapshots and stores are in a real Cassandra.
@Timeout(300)
class CassandraNodeTest {
    private static final AccountId ACCOUNT = new AccountId("demo");
    private static final int KILLS = Integer.getInteger("waggle.test.cassandra-kills", 2);
    private static final int MESSAGES = Integer.getInteger("waggle.test.cassandra-messages", 80);
    private static final long SEED = Long.getLong("waggle.chaos.seed", System.nanoTime() % 1_000_000);

    @TempDir
    static Path folder;

    private static CassandraServer server;

    @BeforeAll
    static void start() {
        server = CassandraServer.start(folder.resolve("cassandra"), ServerSettings.SMALL);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Map<String, String> options(String keyspace) {
        Map<String, String> options = new HashMap<>();
        options.put("waggle.storage.cassandra.contact-points", server.contactPoint());
        options.put("waggle.storage.cassandra.keyspace", keyspace);
        options.put("waggle.storage.cassandra.replication", "1");
        return options;
    }

    private static void tell(String line) {
        System.out.println(line);
    }

    private static double requests(Demo demo) {
        return demo.node()
                .adminPorts()
                .meters()
                .get("waggle.cassandra.requests")
                .functionCounter()
                .count();
    }

    @Test
    void a_contact_hears_every_text_once_also_after_the_node_began_anew() throws Exception {
        Config often = ConfigFactory.parseString("waggle.account.snapshot-every = 5")
                .withFallback(ConfigFactory.parseMap(options("echo")));
        try (Demo demo = Demo.start("cassandra", often, line -> {})) {
            String account = demo.pair();
            String contact = demo.contact("Carla");
            for (int i = 0; i < 3; i++) {
                demo.exchange(contact, account, "before " + i);
            }
            AccountView before = demo.online();
            double asked = requests(demo);
            assertThat(asked).as("requests that the driver counted").isPositive();
            demo.restart();
            AccountView after = demo.online();
            assertThat(after.jid()).isEqualTo(before.jid());
            assertThat(after.epoch()).isGreaterThan(before.epoch());
            for (int i = 0; i < 3; i++) {
                demo.exchange(contact, account, "after " + i);
            }
            String heard = demo.get("/contacts/" + contact + "/messages?after=0");
            for (int i = 0; i < 3; i++) {
                assertThat(Demo.echoes(heard, "before " + i)).isEqualTo(1);
                assertThat(Demo.echoes(heard, "after " + i)).isEqualTo(1);
            }
            assertThat(demo.node()
                            .events()
                            .page(ACCOUNT, 0, Set.of("message.received"), 10)
                            .toCompletableFuture()
                            .get())
                    .extracting(event -> event.getMessage().getText())
                    .containsExactly("before 0", "before 1", "before 2", "after 0", "after 1", "after 2");
            assertThat(demo.get("/report")).contains("\"violations\":[]");
            assertThat(demo.node().deadLetters()).as("dead letters").isZero();
        }
    }

    @Test
    void a_node_that_is_killed_at_random_moments_loses_and_doubles_nothing() throws Exception {
        Map<String, String> options = options("killed");
        options.put("waggle.storage.backend", "cassandra");
        options.put("waggle.account.snapshot-every", "50");
        ChaosSettings settings = new ChaosSettings(MESSAGES, 2, KILLS, List.of(), SEED, options);
        try (Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT);
                ChaosRun run = new ChaosRun(settings, ChaosCommand.surroundings(simulator), CassandraNodeTest::tell)) {
            ChaosReport report = run.run();
            tell(report.toString());
            assertThat(report.stalled())
                    .as("%s, log in %s", report, run.directory())
                    .isEmpty();
            assertThat(report.violations())
                    .as("%s, log in %s", report, run.directory())
                    .isEmpty();
            assertThat(report.sends()).isGreaterThanOrEqualTo(MESSAGES / 2);
            assertThat(report.said()).isGreaterThanOrEqualTo(MESSAGES / 2);
            assertThat(report.kills()).isGreaterThanOrEqualTo(KILLS);
        }
    }

    @Test
    void a_node_does_not_start_where_nobody_answers() throws IOException {
        String nobody;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = "127.0.0.1:" + taken.getLocalPort();
        }
        NodeSettings settings = NodeSettings.of(
                Configuration.load(
                        Map.of(
                                "waggle.storage.backend",
                                "cassandra",
                                "waggle.storage.cassandra.contact-points",
                                nobody,
                                "waggle.data-dir",
                                folder.resolve("nobody").toString()),
                        null),
                name -> null);
        assertThatThrownBy(() -> BackendDriver.named("cassandra").start(settings.storage()))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("storage-unavailable: ");
    }
}
