package dev.waggle.platform.cluster.lease;

import dev.waggle.platform.port.tenure.Tenure;
import dev.waggle.storage.control.Term;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
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

    /// @param lost told when it is over before it was given back
    /// @return fails also when there can be no lease at the moment: the first one of a process needs its store
    CompletionStage<Boolean> acquire(String shard, Consumer<Optional<Throwable>> lost) {
        try {
            return leases.computeIfAbsent(shard, this::made).acquire(lost);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    CompletionStage<Boolean> release(String shard) {
        Lease lease = leases.get(shard);
        return lease == null ? CompletableFuture.completedStage(true) : lease.release();
    }

    private Lease made(String shard) {
        return LeaseProvider.get(system.classicSystem()).getLease(system.name() + "-shard-" + shard, path, owner);
    }

    /// Whether the accounts of a shard are this node's. They are not while there can be no lease.
    public Tenure of(String shard) {
        return () -> {
            try {
                // Others that know the same leases get the same objects.
                Lease lease = leases.computeIfAbsent(shard, this::made);
                return lease instanceof Term term ? term.remaining().compareTo(margin) > 0 : lease.checkLease();
            } catch (RuntimeException storeAway) {
                return false;
            }
        };
    }
}
