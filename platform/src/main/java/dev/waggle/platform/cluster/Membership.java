package dev.waggle.platform.cluster;

import dev.waggle.address.AccountId;
import dev.waggle.platform.cluster.bootstrap.Bootstrap;
import dev.waggle.platform.cluster.handover.Leaving;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.ClusterEvent.CurrentClusterState;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.ShardRegion.ClusterShardingStats;
import org.apache.pekko.cluster.sharding.typed.GetClusterShardingStats;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.apache.pekko.cluster.typed.Leave;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This node as a member of its cluster.
public final class Membership implements Members {
    private static final Logger log = LoggerFactory.getLogger(Membership.class);
    private static final long SIGHT_NANOS = Duration.ofMillis(5).toNanos();
    private static final Duration SHARDS_MAX = Duration.ofSeconds(5);

    private final ActorSystem<?> system;
    private final Cluster cluster;
    private final Leaving leaving;
    private final int shards;

    private Membership(ActorSystem<?> system, int shards) {
        this.system = system;
        this.shards = shards;
        this.cluster = Cluster.get(system);
        this.leaving = Leaving.of(system);
    }

    /// Joins, and waits until the others have taken this node in.
    ///
    /// @throws JoinException when that took too long, or another member has the same name
    /// @throws IllegalArgumentException when the management port cannot be had
    public static Membership join(ActorSystem<?> system, ClusterSettings settings) {
        Membership membership = new Membership(system, settings.shards());
        CompletableFuture<Void> up = new CompletableFuture<>();
        org.apache.pekko.cluster.Cluster.get(system.classicSystem()).registerOnMemberUp(() -> up.complete(null));
        Bootstrap.manage(system, settings.bootstrap());
        if (!Bootstrap.join(system, settings.bootstrap())) {
            membership.join(settings.seeds());
        }
        try {
            up.get(settings.joinMax().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new JoinException(
                    "no member of the cluster after " + settings.joinMax() + "; asked: " + settings.asked());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JoinException("interrupted while joining");
        }
        membership.awaitSight(settings.joinMax());
        membership.refuseTwin(settings.node());
        return membership;
    }

    private void join(List<String> seeds) {
        Address own = cluster.selfMember().address();
        if (seeds.isEmpty()) {
            cluster.manager().tell(new Join(own));
            return;
        }
        List<Address> addresses = seeds.stream()
                .map(seed -> AddressFromURIString.parse("pekko://" + system.name() + "@" + seed))
                .toList();
        cluster.manager().tell(new JoinSeedNodes(addresses));
    }

    /// A node is up a moment before it sees so itself.
    private void awaitSight(Duration most) {
        long end = System.nanoTime() + most.toNanos();
        while (!seesItself()) {
            if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
                throw new JoinException("this node is a member, and does not see itself among them");
            }
            LockSupport.parkNanos(SIGHT_NANOS);
        }
    }

    private boolean seesItself() {
        return StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
                .anyMatch(member ->
                        member.uniqueAddress().equals(cluster.selfMember().uniqueAddress())
                                && member.status().equals(MemberStatus.up()));
    }

    private void refuseTwin(String name) {
        Address own = cluster.selfMember().address();
        Optional<Member> twin = members().stream()
                .filter(member -> member.node().equals(name)
                        && member.reachable()
                        && !member.address().equals(text(own)))
                .findFirst();
        if (twin.isPresent()) {
            throw new JoinException("waggle.node-name: " + name + " (expected: another name than that of the member at "
                    + twin.get().address() + ")");
        }
    }

    /// As `host:port`, for the seeds of another node.
    public String address() {
        return text(cluster.selfMember().address());
    }

    private static String text(Address address) {
        return address.getHost().orElse("") + ":" + address.getPort().orElse(0);
    }

    /// Whether no other member was there before this one.
    public boolean oldest() {
        return StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
                .filter(member -> member.status().equals(MemberStatus.up())
                        || member.status().equals(MemberStatus.leaving()))
                .reduce((one, other) -> one.isOlderThan(other) ? one : other)
                .filter(member ->
                        member.uniqueAddress().equals(cluster.selfMember().uniqueAddress()))
                .isPresent();
    }

    @Override
    public List<Member> members() {
        CurrentClusterState state = cluster.state();
        Set<org.apache.pekko.cluster.Member> lost = state.getUnreachable();
        List<Member> all = new ArrayList<>();
        for (org.apache.pekko.cluster.Member member : state.getMembers()) {
            all.add(new Member(
                    name(member),
                    text(member.address()),
                    leaving.is(member) && member.status().equals(MemberStatus.up())
                            ? "DRAINING"
                            : member.status().toString().toUpperCase(java.util.Locale.ROOT),
                    !lost.contains(member),
                    member.getRoles().stream()
                            .filter(role -> !role.startsWith(ClusterSettings.NAME) && !role.startsWith("dc-"))
                            .collect(Collectors.toSet()),
                    member.appVersion().version()));
        }
        all.sort(Comparator.comparing(Member::node).thenComparing(Member::address));
        return List.copyOf(all);
    }

    private static String name(org.apache.pekko.cluster.Member member) {
        return member.getRoles().stream()
                .filter(role -> role.startsWith(ClusterSettings.NAME))
                .map(role -> role.substring(ClusterSettings.NAME.length()))
                .findFirst()
                .orElse("");
    }

    @Override
    public CompletionStage<List<Shard>> shards() {
        Map<Address, String> names = new HashMap<>();
        cluster.state().getMembers().forEach(member -> names.put(member.address(), name(member)));
        return AskPattern.<org.apache.pekko.cluster.sharding.typed.ClusterShardingQuery, ClusterShardingStats>ask(
                        ClusterSharding.get(system).shardState(),
                        replyTo -> new GetClusterShardingStats(ShardedAccounts.KEY, SHARDS_MAX, replyTo),
                        SHARDS_MAX.plusSeconds(1),
                        system.scheduler())
                .thenApply(stats -> {
                    List<Shard> all = new ArrayList<>();
                    stats.getRegions()
                            .forEach((address, region) -> region.getStats()
                                    .forEach((shard, accounts) -> all.add(
                                            new Shard(shard, names.getOrDefault(address, ""), (int) accounts))));
                    all.sort(Comparator.comparingInt(shard -> Integer.parseInt(shard.shard())));
                    return List.copyOf(all);
                });
    }

    @Override
    public boolean drain(String node) {
        Optional<org.apache.pekko.cluster.Member> found = StreamSupport.stream(
                        cluster.state().getMembers().spliterator(), false)
                .filter(member -> name(member).equals(node))
                .findFirst();
        found.ifPresent(member -> {
            log.info("{} is to hand its accounts over and leave", node);
            if (leaving.most().isZero()) {
                cluster.manager().tell(new Leave(member.address()));
            } else {
                leaving.begin(member);
            }
        });
        return found.isPresent();
    }

    /// Has this member hand its accounts over and leave, if anybody is there to take them.
    ///
    /// @return how long that may take at the most
    public Duration leave() {
        if (!leaving.most().isZero()) {
            leaving.begin(cluster.selfMember());
        }
        return leaving.most();
    }

    @Override
    public CompletionStage<Optional<String>> move(AccountId account, String from, String node) {
        Set<org.apache.pekko.cluster.Member> lost = cluster.state().getUnreachable();
        Optional<org.apache.pekko.cluster.Member> target = StreamSupport.stream(
                        cluster.state().getMembers().spliterator(), false)
                .filter(member ->
                        member.status().equals(MemberStatus.up()) && !leaving.is(member) && !lost.contains(member))
                .filter(member -> node.isEmpty()
                        ? !name(member).equals(from)
                        : name(member).equals(node))
                .min(Comparator.comparing(Membership::name));
        return target.isEmpty()
                ? CompletableFuture.completedStage(Optional.empty())
                : Placement.wish(
                                system.classicSystem(),
                                ShardedAccounts.KEY.name(),
                                ShardedAccounts.shard(account, shards),
                                target.get().address())
                        .thenApply(_ -> target.map(Membership::name));
    }
}
