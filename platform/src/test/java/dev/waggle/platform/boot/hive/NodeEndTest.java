package dev.waggle.platform.boot.hive;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.waggle.noise.RootKey;
import dev.waggle.platform.boot.Node;
import dev.waggle.platform.boot.NodeSettings;
import dev.waggle.simulator.Simulator;
import dev.waggle.simulator.SimulatorSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The stores of a node are closed after everything that uses them, also when nobody took its accounts over in
/// time.
class NodeEndTest {
    @ParameterizedTest
    @ValueSource(strings = {"0s", "1ms", "60s"})
    void a_node_that_is_closed_has_ended(String handover, @TempDir Path data) throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT);
                Hive hive = new Hive(
                        new NodeSettings(
                                simulator.ws(), new RootKey(simulator.rootKey()), "sqlite", data, "Waggle test"),
                        true,
                        ConfigFactory.parseString("waggle.cluster.handover-max = " + handover))) {
            Node node = hive.join("one");
            hive.without("one").close();
            assertThat(node.system().classicSystem().whenTerminated().isCompleted())
                    .isTrue();
        }
    }
}
