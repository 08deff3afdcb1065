package dev.waggle.persistence.cassandra.lease;

import dev.waggle.persistence.cassandra.link.CassandraSettings;
import dev.waggle.persistence.cassandra.link.JournalSessions;
import dev.waggle.persistence.cassandra.link.Link;
import dev.waggle.storage.control.Term;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.coordination.lease.LeaseSettings;
import org.apache.pekko.coordination.lease.javadsl.Lease;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A lease of the actor system's coordination, kept in Cassandra. The actor system makes it by its name, from
/// `waggle.cassandra-lease`.
///
/// A holder counts from before it asked, on its own monotonic clock, and stops believing after `heartbeat-timeout`.
/// Cassandra counts from when it wrote, and lets go later by a second (it counts whole ones) and by `clock-skew`
/// (how far the clocks of its nodes may be apart). So nobody else gets it while anybody believes to have it, as
/// long as Cassandra's own clocks keep to that; the clock of a holder does not matter. Each taking has a higher
/// epoch.
public final class CassandraLease extends Lease implements Term {
    private static final Logger log = LoggerFactory.getLogger(CassandraLease.class);

    /// What this process has of the lease.
    ///
    /// @param deadline of the monotonic clock
    private record Hold(long epoch, long deadline, Consumer<Optional<Throwable>> lost) {}

    private final LeaseSettings settings;
    private final LeaseTable table;
    private final ExtendedActorSystem system;
    private final LongSupplier nanos;
    private final Duration hold;
    private final int liveSeconds;
    /// Not only the owner's name: who begins anew under the same name is another one.
    private final String owner;
    private @Nullable Hold held;
    private @Nullable Cancellable heartbeat;
    /// A taking or renewing is under way.
    private boolean asking;
    /// How often it was given back: a taking that is answered afterwards is given back too.
    private long releases;

    public CassandraLease(LeaseSettings settings, ExtendedActorSystem system) {
        this(settings, system, System::nanoTime);
    }

    CassandraLease(LeaseSettings settings, ExtendedActorSystem system, LongSupplier nanos) {
        this.settings = settings;
        this.system = system;
        this.nanos = nanos;
        this.hold = settings.timeoutSettings().getHeartbeatTimeout();
        Duration skew = settings.leaseConfig().getDuration("clock-skew");
        this.liveSeconds =
                Math.toIntExact(hold.plus(skew).plusSeconds(1).plusMillis(999).toSeconds());
        this.owner = settings.ownerName() + "#" + UUID.randomUUID();
        CassandraSettings cassandra =
                JournalSessions.settings(system.settings().config().getConfig(JournalSessions.PLUGIN));
        Link link = Link.openForLeases(cassandra);
        system.registerOnTermination(link::close);
        this.table = new LeaseTable(
                link.session(), cassandra.keyspace(), settings.timeoutSettings().getOperationTimeout());
    }

    @Override
    public LeaseSettings getSettings() {
        return settings;
    }

    /// True while it is certain that nobody else has it.
    @Override
    public boolean checkLease() {
        return remaining().isPositive();
    }

    @Override
    public Duration remaining() {
        Hold now = held();
        return now == null ? Duration.ZERO : Duration.ofNanos(now.deadline() - nanos.getAsLong());
    }

    /// Grows with each taking, whoever takes it; 0 while it is not held here.
    public long epoch() {
        Hold now = held();
        return now == null || !checkLease() ? 0 : now.epoch();
    }

    private synchronized @Nullable Hold held() {
        return held;
    }

    @Override
    public CompletionStage<Boolean> acquire() {
        return acquire(why -> {});
    }

    @Override
    public CompletionStage<Boolean> acquire(Consumer<Optional<Throwable>> lost) {
        long before;
        synchronized (this) {
            Hold now = held;
            if (now != null && checkLease()) {
                // Whoever asks now is told when it is lost.
                held = new Hold(now.epoch(), now.deadline(), lost);
                return CompletableFuture.completedFuture(true);
            }
            if (asking) {
                return CompletableFuture.completedFuture(false);
            }
            asking = true;
            before = releases;
        }
        long asked = nanos.getAsLong();
        return table.look(settings.leaseName())
                .thenCompose(standing -> {
                    if (standing.owner().equals(owner)) {
                        // A taking of which the answer was lost.
                        return renewed(standing.epoch()).thenApply(done -> done ? standing.epoch() : 0L);
                    }
                    return standing.owner().isEmpty() ? taken(standing.epoch()) : CompletableFuture.completedFuture(0L);
                })
                .handle((epoch, failure) -> begun(before, asked, epoch, failure, lost))
                .thenCompose(answer -> answer);
    }

    private CompletionStage<Long> taken(long before) {
        return table.take(settings.leaseName(), before, owner, liveSeconds).thenApply(done -> done ? before + 1 : 0L);
    }

    private CompletionStage<Boolean> renewed(long epoch) {
        return table.renew(settings.leaseName(), epoch, owner, liveSeconds);
    }

    private synchronized CompletionStage<Boolean> begun(
            long before,
            long asked,
            @Nullable Long epoch,
            @Nullable Throwable failure,
            Consumer<Optional<Throwable>> lost) {
        asking = false;
        if (before != releases) {
            return table.release(settings.leaseName(), owner).thenApply(done -> false);
        }
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        if (epoch == null || epoch == 0) {
            return CompletableFuture.completedFuture(false);
        }
        held = new Hold(epoch, asked + hold.toNanos(), lost);
        beat();
        log.debug("lease {}: taken by {} in epoch {}", settings.leaseName(), owner, epoch);
        return CompletableFuture.completedFuture(checkLease());
    }

    private synchronized void beat() {
        if (heartbeat == null) {
            Duration interval = settings.timeoutSettings().getHeartbeatInterval();
            heartbeat =
                    system.getScheduler().scheduleWithFixedDelay(interval, interval, this::renew, system.dispatcher());
        }
    }

    private void renew() {
        Hold now;
        synchronized (this) {
            now = held;
            if (now == null) {
                return;
            }
            if (!checkLease()) {
                lose(now, Optional.empty());
                return;
            }
            if (asking) {
                return;
            }
            asking = true;
        }
        long asked = nanos.getAsLong();
        var _ = renewed(now.epoch()).handle((done, failure) -> {
            renewed(now, asked, done, failure);
            return done;
        });
    }

    private synchronized void renewed(Hold before, long asked, @Nullable Boolean done, @Nullable Throwable failure) {
        asking = false;
        Hold now = held;
        if (now == null || now.epoch() != before.epoch()) {
            return;
        }
        if (failure != null) {
            // Held until the deadline all the same; the next beat asks again.
            log.warn("lease {}: not renewed yet: {}", settings.leaseName(), failure.toString());
        } else if (done != null && done) {
            held = new Hold(now.epoch(), asked + hold.toNanos(), now.lost());
        } else {
            lose(now, Optional.empty());
        }
    }

    private void lose(Hold before, Optional<Throwable> why) {
        log.warn("lease {}: lost by {}", settings.leaseName(), owner);
        end();
        before.lost().accept(why);
    }

    private synchronized void end() {
        held = null;
        Cancellable beating = heartbeat;
        heartbeat = null;
        if (beating != null) {
            beating.cancel();
        }
    }

    /// Nobody here holds it from now on, whatever becomes of the answer.
    @Override
    public CompletionStage<Boolean> release() {
        synchronized (this) {
            releases++;
            end();
        }
        return table.release(settings.leaseName(), owner).thenApply(done -> true);
    }
}
