package dev.waggle.platform.boot.hive;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.waggle.address.AccountId;
import dev.waggle.noise.RootKey;
import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.AccountView;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.admin.http.MetricNames;
import dev.waggle.platform.boot.Node;
import dev.waggle.platform.boot.NodeSettings;
import dev.waggle.simulator.Simulator;
import dev.waggle.simulator.SimulatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a node of a cluster tells besides.
class ClusterMetersTest {
    @Test
    void members_shards_and_accounts_are_counted_where_they_are(@TempDir Path data) throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT);
                Hive hive = new Hive(
                        new NodeSettings(
                                simulator.ws(), new RootKey(simulator.rootKey()), "sqlite", data, "Waggle test"),
                        true,
                        ConfigFactory.empty())) {
            Node node = hive.join("one");
            node.<AccountView>ask(
                            new AccountId("bee"),
                            (ActorRef<Answer<AccountView>> to) ->
                                    new AccountCommand.Configure("Bee", List.of(), Map.of(), to))
                    .toCompletableFuture()
                    .join();
            Instant end = Instant.now().plus(Duration.ofMinutes(1));
            while (!scrape(node).contains("waggle_cluster_shards 1.0")
                    && Instant.now().isBefore(end)) {
                Thread.onSpinWait();
            }
            assertThat(MetricNames.told(scrape(node))).containsAllEntriesOf(MetricNames.written("cluster"));
            assertThat(scrape(node))
                    .contains(
                            "waggle_cluster_members 1.0",
                            "waggle_cluster_members_unreachable 0.0",
                            "waggle_cluster_shards 1.0",
                            "waggle_accounts_here 1.0");
        }
    }

    private static String scrape(Node node) {
        return node.adminPorts().meters().scrape();
    }
}
