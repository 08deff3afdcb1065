package dev.waggle.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.cluster.sharding.ShardCoordinator.ShardAllocationStrategy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import scala.collection.immutable.IndexedSeq;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/// Where shards go while members leave.
class PlacementTest {
    private static final ActorSystem SYSTEM =
            ActorSystem.create("waggle", ConfigFactory.parseString("""
                    pekko.actor.provider = cluster
                    pekko.remote.artery.canonical { hostname = 127.0.0.1, port = 0 }
                    """).withFallback(ConfigFactory.load()));

    @AfterAll
    static void stop() {
        SYSTEM.terminate();
    }

    private final Set<Address> leaving = new HashSet<>();
    private final Map<ActorRef, IndexedSeq<String>> regions = new HashMap<>();

    private static Address address(int node) {
        return AddressFromURIString.parse("pekko://waggle@127.0.0.1:" + node);
    }

    private ActorRef region(int node, String... shards) {
        ActorRef region = ((ExtendedActorSystem) SYSTEM)
                .provider()
                .resolveActorRef("pekko://waggle@127.0.0.1:" + node + "/system/sharding/account");
        regions.put(
                region, scala.collection.immutable.Vector$.MODULE$.from(CollectionConverters.asScala(List.of(shards))));
        return region;
    }

    /// Gives everything to the one with the fewest, and wants to move what it is told.
    private record Base(Set<String> moves) implements ShardAllocationStrategy {
        @Override
        public Future<ActorRef> allocateShard(
                ActorRef requester,
                String shard,
                scala.collection.immutable.Map<ActorRef, IndexedSeq<String>> allocations) {
            return Future.successful(CollectionConverters.asJava(allocations).entrySet().stream()
                    .min((one, other) ->
                            one.getValue().length() - other.getValue().length())
                    .orElseThrow()
                    .getKey());
        }

        @Override
        public Future<scala.collection.immutable.Set<String>> rebalance(
                scala.collection.immutable.Map<ActorRef, IndexedSeq<String>> allocations,
                scala.collection.immutable.Set<String> underWay) {
            return Future.successful(set(moves));
        }
    }

    private static scala.collection.immutable.Set<String> set(Set<String> all) {
        return scala.collection.immutable.Set$.MODULE$.from(CollectionConverters.asScala(all));
    }

    private scala.collection.immutable.Map<ActorRef, IndexedSeq<String>> allocations() {
        return scala.collection.immutable.Map$.MODULE$.from(CollectionConverters.asScala(regions));
    }

    private Placement placement(String... moves) {
        return new Placement("account", new Base(Set.of(moves)), leaving::contains, 3);
    }

    private ActorRef allocated(Placement placement) {
        return FutureConverters.asJava(placement.allocateShard(ActorRef.noSender(), "new", allocations()))
                .toCompletableFuture()
                .join();
    }

    private Set<String> moved(Placement placement, String... underWay) {
        return new TreeSet<>(CollectionConverters.asJava(
                FutureConverters.asJava(placement.rebalance(allocations(), set(Set.of(underWay))))
                        .toCompletableFuture()
                        .join()));
    }

    @Test
    void a_member_that_leaves_gets_nothing_although_it_has_the_least() {
        ActorRef one = region(1, "a", "b");
        ActorRef other = region(2);
        assertThat(allocated(placement())).isEqualTo(other);
        leaving.add(address(2));
        assertThat(allocated(placement())).isEqualTo(one);
    }

    @Test
    void when_all_leave_somebody_has_it_all_the_same() {
        region(1, "a");
        ActorRef other = region(2);
        leaving.add(address(1));
        leaving.add(address(2));
        assertThat(allocated(placement())).isEqualTo(other);
        assertThat(moved(placement())).isEmpty();
    }

    @Test
    void a_member_that_leaves_gives_a_few_at_a_time_and_nothing_else_moves() {
        region(1, "a", "b", "c", "d", "e");
        region(2, "f", "g");
        leaving.add(address(1));
        assertThat(moved(placement("f"))).hasSize(3).isSubsetOf("a", "b", "c", "d", "e");
        assertThat(moved(placement("f"), "a", "b")).hasSize(1).isSubsetOf("c", "d", "e");
        assertThat(moved(placement("f"), "a", "b", "c")).isEmpty();
    }

    @Test
    void balance_is_kept_while_nobody_leaves_and_once_who_leaves_has_nothing() {
        region(1);
        region(2, "f", "g");
        assertThat(moved(placement("f"))).containsExactly("f");
        leaving.add(address(1));
        assertThat(moved(placement("f"))).containsExactly("f");
    }
}
