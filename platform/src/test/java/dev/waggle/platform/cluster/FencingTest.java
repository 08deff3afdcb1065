package dev.waggle.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.waggle.storage.BackendDriver;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FencingTest {
    private static final String STRATEGY = "pekko.cluster.split-brain-resolver.active-strategy";

    private static Config config(Map<String, String> changed) {
        Map<String, String> all = new HashMap<>(changed);
        all.putIfAbsent("waggle.cluster.enabled", "on");
        return ConfigFactory.parseMap(all).withFallback(ConfigFactory.load());
    }

    private static Fencing fencing(Config config, String backend) {
        return Fencing.of(
                ClusterSettings.of(config), config, BackendDriver.named(backend).lease());
    }

    @Test
    void a_node_that_is_alone_has_no_lease() {
        Config config = config(Map.of("waggle.cluster.enabled", "off"));
        Fencing fencing = fencing(config, "cassandra");
        assertThat(fencing.lease()).isEmpty();
        assertThat(fencing.actorSystemConfig(config).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"cassandra, waggle.cassandra-lease", "memory, waggle.store-lease"})
    void a_node_of_a_cluster_has_its_backends_leases_and_otherwise_those_of_the_store(String backend, String lease) {
        Config config = config(Map.of());
        Fencing fencing = fencing(config, backend);
        assertThat(fencing.lease()).isEqualTo(lease);
        assertThat(fencing.margin()).isEqualTo(Duration.ofSeconds(1));
        Config told = fencing.actorSystemConfig(config);
        assertThat(told.getString(STRATEGY)).isEqualTo("lease-majority");
        assertThat(told.getDuration("pekko.cluster.down-removal-margin")).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void splits_are_decided_by_a_shorter_lease_of_the_same_kind() {
        Config config = config(Map.of());
        Config told = fencing(config, "cassandra").actorSystemConfig(config);
        Config split = told.getConfig(
                told.getString("pekko.cluster.split-brain-resolver.lease-majority.lease-implementation"));
        Config held = told.getConfig(split.getString("held-by"));
        assertThat(held.getString("lease-class")).isEqualTo(config.getString("waggle.cassandra-lease.lease-class"));
        assertThat(held.getDuration("heartbeat-timeout")).isLessThan(config.getDuration("waggle.cluster.stable-after"));
    }

    @Test
    void a_lease_that_is_renewed_too_rarely_is_refused_by_name() {
        Config config = config(Map.of("waggle.cassandra-lease.heartbeat-interval", "5s"));
        assertThatThrownBy(() -> fencing(config, "cassandra"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("waggle.cassandra-lease.heartbeat-interval: 5s (expected: less than half of"
                        + " waggle.cassandra-lease.heartbeat-timeout, which is 10s)");
    }

    @Test
    void without_leases_the_majority_decides() {
        Config config = config(Map.of("waggle.cluster.lease", "none"));
        Config told = fencing(config, "cassandra").actorSystemConfig(config);
        assertThat(told.getString(STRATEGY)).isEqualTo("keep-majority");
        assertThat(told.hasPath("pekko.cluster.down-removal-margin")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lease        | waggle.no-such-lease | a lease-class",
                "lease-margin | 8s                   | heartbeat-timeout",
                "lease-margin | -1s                  | heartbeat-timeout",
                "lease-margin | soon                 | heartbeat-timeout",
            })
    void a_value_that_cannot_be_is_named_with_its_rule(String key, String value, String rule) {
        Config config = config(Map.of("waggle.cluster." + key, value));
        assertThatThrownBy(() -> fencing(config, "cassandra"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("waggle.cluster." + key + ": " + value)
                .hasMessageContaining(rule);
    }
}
