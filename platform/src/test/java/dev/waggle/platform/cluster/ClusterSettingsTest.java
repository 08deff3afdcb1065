package dev.waggle.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.waggle.storage.memory.MemoryProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
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
    }

    @Test
    void a_member_that_is_told_its_seeds_opens_no_port_but_that_of_the_others() {
        Config config = settings(Map.of("waggle.cluster.enabled", "on")).actorSystemConfig();
        assertThat(config.hasPath("pekko.management")).isFalse();
    }

    @Test
    void management_listens_on_loopback_unless_told_otherwise() {
        Config config = settings(Map.of("waggle.cluster.enabled", "on", "waggle.cluster.bootstrap", "kubernetes"))
                .actorSystemConfig();
        assertThat(config.getString("pekko.management.http.hostname")).isEqualTo("127.0.0.1");
        Config told = settings(Map.of(
                        "waggle.cluster.enabled", "on",
                        "waggle.cluster.bootstrap", "kubernetes",
                        "waggle.cluster.management.host", "10.0.0.1",
                        "waggle.cluster.management.allow-remote", "on"))
                .actorSystemConfig();
        assertThat(told.getString("pekko.management.http.hostname")).isEqualTo("10.0.0.1");
    }

    @Test
    void pods_are_found_by_their_label_and_the_name_of_their_port() {
        Config config = settings(Map.of(
                        "waggle.cluster.enabled", "on",
                        "waggle.cluster.bootstrap", "kubernetes",
                        "waggle.cluster.kubernetes.namespace", "bees",
                        "waggle.cluster.kubernetes.label-selector", "app=bee",
                        "waggle.cluster.contact-points-min", 3))
                .actorSystemConfig();
        Config discovery = config.getConfig("pekko.management.cluster.bootstrap.contact-point-discovery");
        assertThat(discovery.getString("discovery-method")).isEqualTo("kubernetes-api");
        assertThat(discovery.getString("port-name")).isEqualTo("management");
        assertThat(discovery.getInt("required-contact-point-nr")).isEqualTo(3);
        Config api = config.getConfig("pekko.discovery.kubernetes-api");
        assertThat(api.getString("pod-label-selector")).isEqualTo("app=bee");
        assertThat(api.getString("pod-namespace")).isEqualTo("bees");
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
                "bootstrap    | gossip    | seeds, contact-points or kubernetes",
                "bootstrap    | contact-points | some waggle.cluster.contact-points with it",
                "contact-points     | localhost | host:port",
                "contact-points-min | 0         | a whole number 1..",
                "management.host    | 0.0.0.0   | a loopback address, or waggle.cluster.management.allow-remote = on",
                "management.port    | http      | a whole number 0..65535",
                "management.enabled | perhaps   | on or off",
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

    @Test
    void of_two_first_nodes_with_different_numbers_one_is_refused() throws Exception {
        for (int round = 0; round < 100; round++) {
            var control = new MemoryProvider().control();
            CyclicBarrier together = new CyclicBarrier(2);
            AtomicInteger refused = new AtomicInteger();
            List<Thread> nodes = new ArrayList<>();
            for (int shards : new int[] {24, 25}) {
                nodes.add(Thread.ofPlatform().start(() -> {
                    try {
                        together.await();
                        ShardCount.check(control, shards).toCompletableFuture().join();
                    } catch (CompletionException e) {
                        assertThat(e).hasMessageContaining("waggle.cluster.shards: " + shards);
                        refused.incrementAndGet();
                    } catch (InterruptedException | BrokenBarrierException e) {
                        throw new AssertionError(e);
                    }
                }));
            }
            for (Thread node : nodes) {
                node.join();
            }
            assertThat(refused).hasValue(1);
        }
    }
}
