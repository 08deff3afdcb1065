package dev.waggle.persistence.cassandra.lease;

import dev.waggle.persistence.cassandra.lease.LeaseTable.Standing;
import dev.waggle.storage.control.Term;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.coordination.lease.LeaseSettings;
import org.apache.pekko.coordination.lease.javadsl.Lease;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A lease of the actor system's coordination, kept in Cassandra. The actor system makes it by its name, from
/// `waggle.cassandra-lease`.
///
/// A row says who holds it and on which session it stands ([OwnerSession]), which is what is renewed. Nobody else
/// gets it while anybody believes to have it, as long as Cassandra's own clocks keep to `clock-skew`; the clock of
/// a holder does not matter. Each taking has a higher epoch.
public final class CassandraLease extends Lease implements Term {
    private static final Logger log = LoggerFactory.getLogger(CassandraLease.class);

    /// What this process has of the lease.
    private record Hold(String session, long epoch, Consumer<Optional<Throwable>> lost) {}

    /// A taking that was asked for, from how it stood.
    private record Taking(String session, Standing before) {}

    private final LeaseSettings settings;
    private final OwnerSession session;
    private final LeaseTable table;
    private @Nullable Hold held;
    /// What was held until its session was over here; Cassandra may still have both.
    private @Nullable Hold past;
    /// Not answered, or not yet: it may come true.
    private @Nullable Taking doubt;
    /// A taking is under way.
    private boolean asking;
    /// How often it was given back: a taking that is answered afterwards is given back too.
    private long releases;

    public CassandraLease(LeaseSettings settings, ExtendedActorSystem system) {
        this(settings, OwnerSessions.of(system, Timing.of(settings)));
    }

    CassandraLease(LeaseSettings settings, OwnerSession session) {
        this.settings = settings;
        this.session = session;
        this.table = session.table();
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
        return now == null ? Duration.ZERO : session.remaining(now.session());
    }

    /// Grows with each taking, whoever takes it; 0 while it is not held here.
    public long epoch() {
        Hold now = held();
        return now == null || !checkLease() ? 0 : now.epoch();
    }

    private synchronized @Nullable Hold held() {
        return held;
    }

    private String mark(String session) {
        return session + " " + settings.ownerName();
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
                held = new Hold(now.session(), now.epoch(), lost);
                return CompletableFuture.completedFuture(true);
            }
            if (asking) {
                return CompletableFuture.completedFuture(false);
            }
            asking = true;
            before = releases;
        }
        return session.begin()
                .thenCompose(mine -> table.look(settings.leaseName())
                        .thenCompose(standing -> free(mine, standing)
                                .thenCompose(free -> free
                                        ? taken(mine, standing)
                                        : CompletableFuture.completedFuture(Optional.<Hold>empty()))))
                .handle((taken, failure) -> begun(before, taken == null ? null : taken.orElse(null), failure, lost))
                .thenCompose(answer -> answer);
    }

    /// Whether nobody has it, or nobody any more, or this one: what it gave back and was not answered is taken in a
    /// later epoch, which the giving back does not mean.
    private CompletionStage<Boolean> free(String mine, Standing standing) {
        String owner = standing.owner();
        if (owner.isEmpty() || owner.equals(mark(mine))) {
            return CompletableFuture.completedFuture(true);
        }
        String other = OwnerSession.in(owner);
        // What is not held by a session has a time to live of its own.
        return other == null ? CompletableFuture.completedFuture(false) : session.over(other);
    }

    private CompletionStage<Optional<Hold>> taken(String mine, Standing before) {
        synchronized (this) {
            doubt = new Taking(mine, before);
        }
        return table.take(settings.leaseName(), before, mark(mine))
                .thenApply(
                        done -> done ? Optional.of(new Hold(mine, before.epoch() + 1, why -> {})) : Optional.empty());
    }

    private CompletionStage<Boolean> begun(
            long before, @Nullable Hold taken, @Nullable Throwable failure, Consumer<Optional<Throwable>> lost) {
        synchronized (this) {
            asking = false;
            if (before != releases) {
                return givenBack().thenApply(done -> false);
            }
            if (failure != null) {
                return CompletableFuture.failedFuture(failure);
            }
            doubt = null;
            past = null;
            if (taken == null) {
                return CompletableFuture.completedFuture(false);
            }
            session.settled(settings.leaseName());
            Hold now = new Hold(taken.session(), taken.epoch(), lost);
            if (session.enter(this, taken.session())) {
                held = now;
            } else {
                held = null;
                past = now;
            }
        }
        log.debug("lease {}: taken in epoch {}", settings.leaseName(), taken.epoch());
        return CompletableFuture.completedFuture(checkLease());
    }

    /// The session that it stood on is over.
    void lost(String over) {
        Hold before;
        synchronized (this) {
            before = held;
            if (before == null || !before.session().equals(over)) {
                return;
            }
            held = null;
            past = before;
        }
        before.lost().accept(Optional.empty());
    }

    /// Nobody here holds it from now on, whatever becomes of the answer: while the session lives, it is said again
    /// until it is answered.
    @Override
    public CompletionStage<Boolean> release() {
        synchronized (this) {
            releases++;
            if (asking) {
                // Given back when that is answered.
                return CompletableFuture.completedFuture(true);
            }
            return givenBack();
        }
    }

    private synchronized CompletionStage<Boolean> givenBack() {
        Taking uncertain = doubt;
        Hold before = held == null ? past : held;
        held = null;
        past = null;
        doubt = null;
        session.leave(this);
        if (uncertain != null) {
            return returned(
                    uncertain.session(),
                    () -> table.raise(settings.leaseName(), uncertain.before().epoch())
                            .thenCompose(done ->
                                    over(uncertain.session(), uncertain.before().epoch() + 1)));
        }
        if (before != null) {
            return returned(before.session(), () -> over(before.session(), before.epoch()));
        }
        return CompletableFuture.completedFuture(true);
    }

    private CompletionStage<Boolean> over(String of, long epoch) {
        return table.release(settings.leaseName(), epoch, mark(of));
    }

    private CompletionStage<Boolean> returned(String of, Supplier<CompletionStage<Boolean>> giveBack) {
        session.owe(of, settings.leaseName(), giveBack);
        return giveBack.get().thenApply(done -> {
            session.settled(settings.leaseName(), giveBack);
            return true;
        });
    }
}
