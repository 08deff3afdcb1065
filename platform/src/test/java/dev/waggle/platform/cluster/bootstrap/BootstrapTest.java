package dev.waggle.platform.cluster.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.waggle.platform.cluster.ClusterSettings;
import dev.waggle.platform.cluster.JoinException;
import dev.waggle.platform.cluster.Members.Member;
import dev.waggle.platform.cluster.Membership;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Nodes that know nothing of each other but where their management ports are.
class BootstrapTest {
    private static final Config QUICK = ConfigFactory.parseString("""
            waggle.cluster { enabled = on, port = 0, join-max = 300s }
            pekko {
              coordinated-shutdown.run-by-actor-system-terminate = off
              cluster { gossip-interval = 100ms, leader-actions-interval = 100ms }
              management.health-checks.check-timeout = 60s
              management.cluster.bootstrap {
                contact-point-discovery { stable-margin = 500ms, interval = 200ms }
                contact-point { probe-interval = 200ms, probing-failure-timeout = 60s }
              }
            }
            """);

    private final List<ActorSystem<?>> systems = new CopyOnWriteArrayList<>();
    private final ExecutorService joining = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void end() {
        client.close();
        systems.forEach(ActorSystem::terminate);
        systems.forEach(
                system -> system.getWhenTerminated().toCompletableFuture().join());
        joining.close();
    }

    /// An address of its own for each node, as pods have: nobody else on this machine takes its ports.
    private static List<String> addresses(int count) throws IOException {
        Random random = new Random();
        int net = 16 + random.nextInt(200);
        int machine = 1 + random.nextInt(250);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String host = "127." + net + "." + machine + "." + (i + 1);
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(host))) {
                all.add(host + ":" + free.getLocalPort());
            }
        }
        return all;
    }

    private static Config config(String name, String address, List<String> known) {
        return ConfigFactory.parseMap(Map.of(
                        "waggle.node-name", name,
                        "waggle.cluster.bootstrap", "contact-points",
                        "waggle.cluster.contact-points", String.join(",", known),
                        "waggle.cluster.management.host", address.replaceFirst(":.*", ""),
                        "waggle.cluster.management.port", Integer.parseInt(address.replaceFirst(".*:", ""))))
                .withFallback(QUICK)
                .withFallback(ConfigFactory.load());
    }

    private Membership join(Config config) {
        ClusterSettings settings = ClusterSettings.of(config);
        ActorSystem<Void> system = ActorSystem.create(
                Behaviors.empty(), "waggle", settings.actorSystemConfig().withFallback(config));
        systems.add(system);
        Membership joined = Membership.join(system, settings);
        Health.of(system).answer(List::of);
        return joined;
    }

    private int ask(String address, String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://" + address + path)).build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Test
    void three_nodes_without_seeds_find_each_other_and_begin_one_cluster() throws Exception {
        List<String> four = addresses(4);
        List<String> addresses = four.subList(0, 3);
        List<CompletableFuture<Membership>> begun = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Config own = config("node-" + i, addresses.get(i), addresses);
            begun.add(CompletableFuture.supplyAsync(() -> join(own), joining));
        }
        List<Membership> nodes = begun.stream().map(CompletableFuture::join).toList();
        nodes.forEach(node -> awaitMembers(node, 3));
        assertThat(nodes.stream().filter(Membership::oldest)).hasSize(1);
        Membership late = join(config("node-3", four.getLast(), four));
        assertThat(late.oldest()).isFalse();
        awaitMembers(late, 4);
        assertThat(ask(four.getLast(), "/ready")).isEqualTo(200);
    }

    private static void awaitMembers(Membership node, int count) {
        Member[] all = new Member[0];
        for (int looks = 0; looks < 12_000 && all.length < count; looks++) {
            all = node.members().stream()
                    .filter(member -> member.status().equals("UP"))
                    .toArray(Member[]::new);
            java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
        }
        assertThat(all).extracting(Member::node, Member::reachable).hasSize(count);
        for (int i = 0; i < count; i++) {
            assertThat(tuple(all[i].node(), all[i].reachable())).isEqualTo(tuple("node-" + i, true));
        }
    }

    @Test
    void a_node_that_misses_one_of_the_others_begins_nothing_and_lives() throws Exception {
        List<String> addresses = addresses(2);
        Config own = ConfigFactory.parseString("waggle.cluster.join-max = 3s")
                .withFallback(config("node-0", addresses.getFirst(), addresses));
        assertThatThrownBy(() -> join(own))
                .isInstanceOf(JoinException.class)
                .hasMessageContaining("no member of the cluster after PT3S; asked: " + String.join(", ", addresses));
        assertThat(ask(addresses.getFirst(), "/alive")).isEqualTo(200);
        assertThat(ask(addresses.getFirst(), "/ready")).isEqualTo(500);
    }

    @Test
    void who_reaches_management_can_only_read() throws Exception {
        List<String> addresses = addresses(1);
        join(config("node-0", addresses.getFirst(), addresses));
        assertThat(ask(addresses.getFirst(), "/bootstrap/seed-nodes")).isEqualTo(200);
        assertThat(ask(addresses.getFirst(), "/ready")).isEqualTo(200);
        for (String path : List.of("/cluster/members", "/cluster/shards", "/loglevel/logback", "/")) {
            assertThat(ask(addresses.getFirst(), path)).isEqualTo(404);
        }
        HttpRequest leave = HttpRequest.newBuilder(
                        URI.create("http://" + addresses.getFirst() + "/bootstrap/seed-nodes"))
                .DELETE()
                .build();
        assertThat(client.send(leave, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(405);
    }

    @Test
    void a_management_port_that_is_taken_is_named() throws Exception {
        List<String> addresses = addresses(1);
        String[] own = addresses.getFirst().split(":", 2);
        try (ServerSocket taken = new ServerSocket(Integer.parseInt(own[1]), 1, InetAddress.getByName(own[0]))) {
            assertThat(taken.isBound()).isTrue();
            assertThatThrownBy(() -> join(config("node-0", addresses.getFirst(), addresses)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("waggle.cluster.management: " + addresses.getFirst());
        }
    }

    @Test
    void a_member_that_was_told_its_seeds_can_be_asked_too() throws Exception {
        List<String> addresses = addresses(1);
        join(ConfigFactory.parseString("waggle.cluster { bootstrap = seeds, management.enabled = on }")
                .withFallback(config("node-0", addresses.getFirst(), addresses)));
        assertThat(ask(addresses.getFirst(), "/ready")).isEqualTo(200);
        assertThat(ask(addresses.getFirst(), "/bootstrap/seed-nodes")).isEqualTo(404);
    }
}
