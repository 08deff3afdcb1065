package dev.waggle.platform.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import picocli.CommandLine;

@EnabledIfSystemProperty(
        named = "waggle.test.storm",
        matches = "true",
        disabledReason = "not repeated often enough yet: -Dwaggle.test.storm=true")
class ClusterDemoTest {
    @Test
    @Timeout(400)
    void a_cluster_that_loses_a_node_answers_every_text_once() {
        assertThat(new CommandLine(new Main()).execute("cluster-demo", "--once", "--nodes", "2", "--accounts", "2"))
                .isZero();
    }

    @Test
    void a_number_of_nodes_that_cannot_be_is_refused() {
        assertThat(new CommandLine(new Main()).execute("cluster-demo", "--once", "--nodes", "0"))
                .isEqualTo(1);
    }
}
