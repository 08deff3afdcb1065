package dev.waggle.platform.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import dev.waggle.address.AccountId;
import dev.waggle.platform.cluster.lease.SplitLease;
import dev.waggle.platform.cluster.lease.Tenures;
import dev.waggle.platform.cluster.lease.Warden;
import dev.waggle.platform.port.tenure.Tenure;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.jspecify.annotations.Nullable;

/// What keeps two nodes from acting for the same account: the leases of shards, and how long before their deadlines
/// an owner stops.
///
/// @param lease path of the section that leases are made from; empty: there are none
public record Fencing(boolean clustered, String lease, Duration margin) {
    private static final String LEASE = "waggle.cluster.lease";
    private static final String STABLE = "waggle.cluster.stable-after";
    private static final String MARGIN = "waggle.cluster.lease-margin";
    private static final String NONE = "none";
    private static final String OF_STORES = "waggle.store-lease";
    private static final String RESOLVER = "pekko.cluster.split-brain-resolver.";
    private static final Duration SPLIT_MIN = Duration.ofSeconds(4);

    private static final String SPLIT_LEASE = RESOLVER + "waggle-lease";
    private static final String HELD_LEASE = RESOLVER + "waggle-held-lease";

    /// @param own the backend's path, empty when it has none
    /// @throws IllegalArgumentException naming the key whose value cannot be
    public static Fencing of(ClusterSettings settings, Config config, String own) {
        if (!settings.enabled() || settings.lease().equals(NONE)) {
            return new Fencing(settings.enabled(), "", Duration.ZERO);
        }
        String offered = own.isEmpty() ? OF_STORES : own;
        String lease = settings.lease().isEmpty() ? offered : settings.lease();
        if (!config.hasPath(lease + ".lease-class")) {
            throw new IllegalArgumentException(
                    LEASE + ": " + lease + " (expected: the path of a section with a lease-class, or none)");
        }
        Fencing fencing = new Fencing(true, lease, margin(config, lease));
        renewals(config, lease);
        return fencing;
    }

    /// What the actor system would find out when it makes the first lease, too late to say so.
    private static void renewals(Config config, String lease) {
        String renewed = lease + ".heartbeat-interval";
        String held = lease + ".heartbeat-timeout";
        if (config.hasPath(renewed)
                && config.hasPath(held)
                && config.getDuration(renewed).multipliedBy(2).compareTo(config.getDuration(held)) >= 0) {
            throw new IllegalArgumentException(renewed + ": " + config.getAnyRef(renewed)
                    + " (expected: less than half of " + held + ", which is " + config.getAnyRef(held) + ")");
        }
    }

    private static Duration margin(Config config, String lease) {
        try {
            Duration margin = config.getDuration(MARGIN);
            Duration held = config.getDuration(lease + ".heartbeat-timeout");
            Duration renewed = config.getDuration(lease + ".heartbeat-interval");
            if (!margin.isNegative() && margin.plus(renewed).compareTo(held) < 0) {
                return margin;
            }
        } catch (ConfigException.WrongType | ConfigException.BadValue e) {
            // Answered below like a span that cannot be.
        }
        throw new IllegalArgumentException(MARGIN + ": " + config.getAnyRef(MARGIN) + " (expected: with " + lease
                + ".heartbeat-interval less than its heartbeat-timeout)");
    }

    /// What the actor system must be told, over everything else.
    public Config actorSystemConfig(Config config) {
        if (!clustered) {
            return ConfigFactory.empty();
        }
        if (lease.isEmpty()) {
            return ConfigFactory.parseMap(Map.of(RESOLVER + "active-strategy", "keep-majority"));
        }
        Map<String, Object> all = new HashMap<>();
        // How long a node that was put out may still run before its shards begin elsewhere is what leases guard; the
        // actor system would wait as long again as it took to decide.
        all.put("pekko.cluster.down-removal-margin", "1s");
        all.put(RESOLVER + "active-strategy", "lease-majority");
        all.put(RESOLVER + "lease-majority.lease-implementation", SPLIT_LEASE);
        Config held = ofSplits(config).withFallback(config.getConfig(lease));
        Config asked = ConfigFactory.parseMap(Map.of("lease-class", SplitLease.class.getName(), "held-by", HELD_LEASE))
                .withFallback(held);
        return ConfigFactory.parseMap(all).withValue(HELD_LEASE, held.root()).withValue(SPLIT_LEASE, asked.root());
    }

    /// Shorter than it takes to miss a node and to agree that it is gone, so who decided last and died since does
    /// not keep those who are left from deciding; and not much shorter, since the other part of a split may notice
    /// it later, and must find the lease of who decided, also when that one has ended by its own decision.
    private static Config ofSplits(Config config) {
        Duration agreed = config.getDuration(STABLE).minusSeconds(1);
        Duration held = agreed.compareTo(SPLIT_MIN) > 0 ? agreed : SPLIT_MIN;
        return ConfigFactory.parseString("heartbeat-interval = 1s, lease-operation-timeout = 3s, clock-skew = 1s")
                .withValue("heartbeat-timeout", ConfigValueFactory.fromAnyRef(held));
    }

    /// Whether this node may act for an account.
    public Function<AccountId, Tenure> tenures(ActorSystem<?> system, int shards) {
        if (lease.isEmpty()) {
            return account -> Tenure.ALWAYS;
        }
        Tenures tenures = tenures(system);
        return account -> tenures.of(name(ShardedAccounts.shard(account, shards)));
    }

    /// Which owners of this node were put out, with it or by the end of their leases.
    public FencedOff fencedOff(ActorSystem<?> system, Function<AccountId, Tenure> tenures) {
        return new FencedOff(tenures, () -> clustered && out(Cluster.get(system)));
    }

    private static boolean out(Cluster cluster) {
        MemberStatus status = cluster.selfMember().status();
        return cluster.isTerminated() || status.equals(MemberStatus.down()) || status.equals(MemberStatus.removed());
    }

    /// Who takes the leases; null when there are none.
    @Nullable
    ActorRef<Warden.Command> warden(ActorContext<?> context) {
        return lease.isEmpty() ? null : context.spawn(Warden.create(tenures(context.getSystem())), "warden");
    }

    private Tenures tenures(ActorSystem<?> system) {
        return new Tenures(system, Cluster.get(system).selfMember().address().hostPort(), lease, margin);
    }

    /// The lease of a shard of accounts.
    static String name(String shard) {
        return ShardedAccounts.KEY.name() + "-" + shard;
    }
}
