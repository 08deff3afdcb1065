package dev.waggle.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.waggle.address.AccountId;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.cluster.Members.Member;
import dev.waggle.platform.cluster.bootstrap.BootstrapSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who has no certificate of the members' authority is nobody to them.
class StrangerTest {
    private static final Duration JOIN_MAX = Duration.ofSeconds(30);

    private final List<ActorSystem<?>> systems = new ArrayList<>();
    private final ConcurrentLinkedQueue<Accounts.Command> heard = new ConcurrentLinkedQueue<>();

    @AfterEach
    void end() {
        systems.forEach(ActorSystem::terminate);
        systems.forEach(
                system -> system.getWhenTerminated().toCompletableFuture().join());
    }

    private static ClusterSettings settings(
            String name, List<String> seeds, Duration joinMax, ClusterSettings.@Nullable Tls tls) {
        return new ClusterSettings(
                true,
                name,
                "127.0.0.1",
                0,
                "",
                0,
                seeds,
                List.of(),
                "1",
                4,
                joinMax,
                Duration.ofSeconds(7),
                "",
                BootstrapSettings.of(ConfigFactory.load()),
                tls);
    }

    private ActorSystem<Accounts.Command> system(ClusterSettings settings) {
        Config quick = ConfigFactory.parseString("""
                pekko.coordinated-shutdown.run-by-actor-system-terminate = off
                pekko.cluster { gossip-interval = 100ms, leader-actions-interval = 100ms }
                """);
        ActorSystem<Accounts.Command> system = ActorSystem.create(
                Behaviors.receiveMessage(message -> {
                    heard.add(message);
                    return Behaviors.same();
                }),
                "waggle",
                settings.actorSystemConfig().withFallback(quick).withFallback(ConfigFactory.load()));
        systems.add(system);
        return system;
    }

    private Membership member(String name, List<String> seeds, ClusterSettings.@Nullable Tls tls) {
        ClusterSettings settings = settings(name, seeds, JOIN_MAX, tls);
        return Membership.join(system(settings), settings);
    }

    private void tries(List<String> seeds, ClusterSettings.@Nullable Tls tls) {
        ClusterSettings settings = settings("stranger", seeds, Duration.ofSeconds(2), tls);
        ActorSystem<Accounts.Command> stranger = system(settings);
        ActorRef<Accounts.Command> known =
                ActorRefResolver.get(stranger).resolveActorRef("pekko://waggle@" + seeds.getFirst() + "/user");
        ActorRef<Answer<Done>> nobody = stranger.ignoreRef();
        known.tell(new Accounts.Restart(new AccountId("bee"), nobody));
        Address first = AddressFromURIString.parse("pekko://waggle@" + seeds.getFirst());
        Cluster.get(stranger).manager().tell(new Down(first));
        assertThatThrownBy(() -> Membership.join(stranger, settings))
                .isInstanceOf(JoinException.class)
                .hasMessageContaining("no member of the cluster after PT2S; asked: " + seeds.getFirst());
    }

    @Test
    void a_stranger_can_neither_join_nor_send_nor_down_a_member(@TempDir Path folder) throws Exception {
        Certificates own = new Certificates(folder.resolve("own"));
        ClusterSettings.Tls shared = own.member("members");
        Membership first = member("node-1", List.of(), shared);
        List<String> seeds = List.of(first.address());
        Membership second = member("node-2", seeds, shared);
        tries(seeds, new Certificates(folder.resolve("other")).member("members"));
        tries(seeds, null);
        for (Membership member : List.of(first, second)) {
            assertThat(member.members())
                    .extracting(Member::node, Member::status, Member::reachable)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("node-1", "UP", true),
                            org.assertj.core.groups.Tuple.tuple("node-2", "UP", true));
        }
        assertThat(heard).isEmpty();
    }

    @Test
    void a_name_is_that_of_one_member_only() {
        Membership first = member("node-1", List.of(), null);
        List<String> seeds = List.of(first.address());
        assertThatThrownBy(() -> member("node-1", seeds, null))
                .isInstanceOf(JoinException.class)
                .hasMessageContaining("waggle.node-name: node-1 (expected: another name than that of the member at "
                        + first.address());
    }
}
