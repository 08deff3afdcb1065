package dev.waggle.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.waggle.storage.memory.MemoryProvider;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterSettingsTest {
    private static ClusterSettings settings(Map<String, ?> keys) {
        return ClusterSettings.of(ConfigFactory.parseMap(keys).withFallback(ConfigFactory.load()));
    }

    @Test
    void a_node_that_is_alone_opens_no_port() {
        assertThat(settings(Map.of()).actorSystemConfig().isEmpty()).isTrue();
    }

    @Test
    void members_on_one_machine_may_talk_in_the_clear() {
        Config config = settings(Map.of("waggle.cluster.enabled", "on")).actorSystemConfig();
        assertThat(config.getString("pekko.remote.artery.transport")).isEqualTo("tcp");
        assertThat(config.getString("pekko.cluster.split-brain-resolver.active-strategy"))
                .isEqualTo("keep-majority");
    }

    @Test
    void a_lease_guards_shards_and_decides_splits() {
        Config config = settings(Map.of("waggle.cluster.enabled", "on", "waggle.cluster.lease", "waggle.some-lease"))
                .actorSystemConfig();
        assertThat(config.getString("pekko.cluster.split-brain-resolver.active-strategy"))
                .isEqualTo("lease-majority");
        assertThat(config.getString("pekko.cluster.sharding.use-lease")).isEqualTo("waggle.some-lease");
    }

    @Test
    void an_address_that_others_reach_needs_certificates() {
        assertThatThrownBy(() -> settings(Map.of("waggle.cluster.enabled", "on", "waggle.cluster.host", "0.0.0.0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("waggle.cluster.host: 0.0.0.0 (expected: a loopback address");
    }

    @Test
    void a_node_can_listen_elsewhere_than_others_reach_it() {
        Config config = settings(Map.of(
                        "waggle.cluster.enabled", "on",
                        "waggle.cluster.port", "7000",
                        "waggle.cluster.bind-host", "127.0.0.2",
                        "waggle.cluster.bind-port", "7001"))
                .actorSystemConfig();
        assertThat(config.getInt("pekko.remote.artery.canonical.port")).isEqualTo(7000);
        assertThat(config.getString("pekko.remote.artery.bind.hostname")).isEqualTo("127.0.0.2");
        assertThat(config.getInt("pekko.remote.artery.bind.port")).isEqualTo(7001);
        assertThatThrownBy(
                        () -> settings(Map.of("waggle.cluster.enabled", "on", "waggle.cluster.bind-host", "0.0.0.0")))
                .hasMessageContaining("waggle.cluster.bind-host: 0.0.0.0 (expected: a loopback address");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port         | 65536     | a whole number 0..65535",
                "port         | http      | a whole number 0..65535",
                "bind-port    | -1        | a whole number 0..65535",
                "shards       | 0         | a whole number 1..",
                "seeds        | localhost | host:port",
                "roles        | a b       | names",
                "join-max     | 0s        | a span of time",
                "stable-after | soon      | a span of time",
                "app-version  | ''        | some text",
                "tls.key-file | key.pem   | together",
            })
    void a_value_that_cannot_be_is_named_with_its_rule(String key, String value, String rule) {
        assertThatThrownBy(() -> settings(Map.of("waggle.cluster." + key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("waggle.cluster." + key.replaceFirst("\\..*", ""))
                .hasMessageContaining(rule);
    }

    @Test
    void the_number_of_shards_is_that_of_the_first_time() {
        var control = new MemoryProvider().control();
        ShardCount.check(control, 24).toCompletableFuture().join();
        ShardCount.check(control, 24).toCompletableFuture().join();
        assertThatThrownBy(() ->
                        ShardCount.check(control, 25).toCompletableFuture().join())
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("waggle.cluster.shards: 25 (expected: 24");
    }
}
