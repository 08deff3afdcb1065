package dev.waggle.platform.cluster.lease;

import dev.waggle.platform.port.tenure.Tenure;
import dev.waggle.storage.control.Term;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.coordination.lease.javadsl.Lease;
import org.apache.pekko.coordination.lease.javadsl.LeaseProvider;

/// The leases of shards as this node knows them: one object for each, that [Warden] takes and gives back and
/// accounts look at. Thread-safe.
public final class Tenures {
    private final ActorSystem<?> system;
    private final String owner;
    private final String path;
    private final Duration margin;
    private final Map<String, Lease> leases = new ConcurrentHashMap<>();

    /// @param owner what other nodes do not call themselves
    /// @param path of the section that leases are made from
    /// @param margin what is done must be over so long before the deadline
    public Tenures(ActorSystem<?> system, String owner, String path, Duration margin) {
        this.system = system;
        this.owner = owner;
        this.path = path;
        this.margin = margin;
    }

    Lease lease(String shard) {
        return leases.computeIfAbsent(shard, this::made);
    }

    private Lease made(String shard) {
        return LeaseProvider.get(system.classicSystem()).getLease(system.name() + "-shard-" + shard, path, owner);
    }

    /// Whether the accounts of a shard are this node's.
    public Tenure of(String shard) {
        Lease lease = lease(shard);
        return lease instanceof Term term ? () -> term.remaining().compareTo(margin) > 0 : lease::checkLease;
    }
}
