package dev.waggle.platform.cluster;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.sharding.ShardCoordinator.ActorSystemDependentAllocationStrategy;
import org.apache.pekko.cluster.sharding.ShardCoordinator.ShardAllocationStrategy;
import org.apache.pekko.cluster.sharding.external.ExternalShardAllocation;
import org.apache.pekko.cluster.sharding.external.ExternalShardAllocationStrategy.ShardLocation;
import org.apache.pekko.cluster.sharding.external.javadsl.ExternalShardAllocationClient;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.IndexedSeq;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/// Which node gets a shard: the one that people moved it to, while that one is a member, and otherwise one that has
/// few. A wish is shared by all nodes and lasts as long as any of them does. A member that is leaving gets none,
/// and gives a few at a time.
final class Placement implements ActorSystemDependentAllocationStrategy {
    private final String type;
    private final ShardAllocationStrategy base;
    private final Predicate<Address> leaving;
    private final int atOnce;
    private @Nullable Cluster cluster;
    private @Nullable ExternalShardAllocationClient wishes;
    private volatile Map<String, ShardLocation> known = Map.of();

    /// @param type whose shards these are
    /// @param leaving whether the member at an address is leaving
    /// @param atOnce so many shards of members that are leaving are under way at a time
    Placement(String type, ShardAllocationStrategy base, Predicate<Address> leaving, int atOnce) {
        this.type = type;
        this.base = base;
        this.leaving = leaving;
        this.atOnce = atOnce;
    }

    @Override
    public void start(ActorSystem system) {
        cluster = Cluster.get(system);
        wishes =
                ExternalShardAllocation.get((ClassicActorSystemProvider) system).getClient(type);
        hear();
        if (base instanceof ActorSystemDependentAllocationStrategy dependent) {
            dependent.start(system);
        }
    }

    /// On every node, before any of them asks: what is wished is kept by all.
    static void keep(ActorSystem system, String type) {
        var _ = ExternalShardAllocation.get((ClassicActorSystemProvider) system).getClient(type);
    }

    /// Has a shard move, with every account in it.
    static CompletionStage<?> wish(ActorSystem system, String type, String shard, Address node) {
        return ExternalShardAllocation.get((ClassicActorSystemProvider) system)
                .getClient(type)
                .setShardLocation(shard, node);
    }

    /// Asking takes as long as the slowest node: nobody waits for it, and a wish is heard by the next round.
    private void hear() {
        ExternalShardAllocationClient now = wishes;
        if (now != null) {
            var _ = now.getShardLocations().thenAccept(found -> known = Map.copyOf(found.getShardLocations()));
        }
    }

    private Address address(ActorRef region) {
        Address address = region.path().address();
        Cluster own = cluster;
        return address.hasGlobalScope() || own == null
                ? address
                : own.selfMember().address();
    }

    private @Nullable ActorRef at(Iterable<ActorRef> regions, @Nullable ShardLocation wish) {
        if (wish != null) {
            for (ActorRef region : regions) {
                if (address(region).equals(wish.address())) {
                    return region;
                }
            }
        }
        return null;
    }

    @Override
    public Future<ActorRef> allocateShard(
            ActorRef requester,
            String shard,
            scala.collection.immutable.Map<ActorRef, IndexedSeq<String>> allocations) {
        var staying = staying(allocations);
        ActorRef wished = at(CollectionConverters.asJava(staying).keySet(), known.get(shard));
        return wished != null ? Future.successful(wished) : base.allocateShard(requester, shard, staying);
    }

    /// Those that are not leaving; all of them when there is nobody else.
    private scala.collection.immutable.Map<ActorRef, IndexedSeq<String>> staying(
            scala.collection.immutable.Map<ActorRef, IndexedSeq<String>> allocations) {
        Map<ActorRef, IndexedSeq<String>> all = new HashMap<>(CollectionConverters.asJava(allocations));
        if (!all.keySet().removeIf(region -> leaving.test(address(region))) || all.isEmpty()) {
            return allocations;
        }
        return scala.collection.immutable.Map$.MODULE$.from(CollectionConverters.asScala(all));
    }

    @Override
    public Future<scala.collection.immutable.Set<String>> rebalance(
            scala.collection.immutable.Map<ActorRef, IndexedSeq<String>> allocations,
            scala.collection.immutable.Set<String> underWay) {
        hear();
        Map<String, ShardLocation> all = known;
        var staying = staying(allocations);
        Set<ActorRef> regions = CollectionConverters.asJava(staying).keySet();
        Set<String> wrong = new HashSet<>();
        Set<String> right = new HashSet<>();
        Set<String> left = new LinkedHashSet<>();
        CollectionConverters.asJava(allocations)
                .forEach((region, shards) -> CollectionConverters.asJava(shards).forEach(shard -> {
                    ActorRef wished = at(regions, all.get(shard));
                    if (wished != null) {
                        (wished.equals(region) ? right : wrong).add(shard);
                    } else if (!regions.contains(region)) {
                        left.add(shard);
                    }
                }));
        left.stream()
                .filter(shard -> !underWay.contains(shard))
                .limit(Math.max(0, atOnce - underWay.size()))
                .forEach(wrong::add);
        wrong.removeIf(underWay::contains);
        if (!left.isEmpty()) {
            // Balance comes afterwards: what moves now need not move again.
            return Future.successful(scala.collection.immutable.Set$.MODULE$.from(CollectionConverters.asScala(wrong)));
        }
        CompletionStage<scala.collection.immutable.Set<String>> moves = FutureConverters.asJava(
                        base.rebalance(staying, underWay))
                .thenApply(balancing -> {
                    Set<String> both = new HashSet<>(CollectionConverters.asJava(balancing));
                    both.removeAll(right);
                    both.addAll(wrong);
                    return scala.collection.immutable.Set$.MODULE$.from(CollectionConverters.asScala(both));
                });
        return FutureConverters.asScala(moves);
    }
}
