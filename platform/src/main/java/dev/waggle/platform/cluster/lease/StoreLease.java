package dev.waggle.platform.cluster.lease;

import dev.waggle.address.Bytes;
import dev.waggle.storage.control.ControlStore;
import dev.waggle.storage.control.Shelf;
import dev.waggle.storage.control.Term;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.coordination.lease.LeaseSettings;
import org.apache.pekko.coordination.lease.javadsl.Lease;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A lease of the actor system's coordination, kept in the store that the nodes share, for backends that have none
/// of their own. The actor system makes it by its name, from `waggle.store-lease`.
///
/// No clock is compared with another one. A holder counts from before it asked, and stops believing after
/// `heartbeat-timeout`; it raises a number each time it renews. Another one takes it only when it has seen the same
/// number for longer than that on its own monotonic clock, and only if that number still stands when it does.
public final class StoreLease extends Lease implements Term {
    private static final Logger log = LoggerFactory.getLogger(StoreLease.class);
    /// By how much of a span two monotonic clocks may differ at the end of it.
    private static final double DRIFT = 1.05;

    /// What this process has of the lease.
    ///
    /// @param deadline of the monotonic clock
    private record Hold(Standing standing, long deadline, Consumer<Optional<Throwable>> lost) {}

    /// What another one has of it.
    ///
    /// @param since of the monotonic clock: when it was first seen to stand so
    private record Seen(Standing standing, long since) {}

    private final LeaseSettings settings;
    private final ControlStore store;
    private final ExtendedActorSystem system;
    private final LongSupplier nanos;
    private final long holdNanos;
    private final Duration patience;
    /// Not only the owner's name: who begins anew under the same name is another one.
    private final String owner;
    private @Nullable Hold held;
    private @Nullable Seen seen;
    private @Nullable Cancellable heartbeat;
    /// A taking or renewing is under way.
    private boolean asking;
    /// A release while a taking is under way is for that one, too.
    private int releases;

    public StoreLease(LeaseSettings settings, ExtendedActorSystem system) {
        this(settings, system, store(system), System::nanoTime);
    }

    StoreLease(LeaseSettings settings, ExtendedActorSystem system, ControlStore store, LongSupplier nanos) {
        this.settings = settings;
        this.system = system;
        this.store = store;
        this.nanos = nanos;
        this.holdNanos = settings.timeoutSettings().getHeartbeatTimeout().toNanos();
        this.patience = settings.leaseConfig().getDuration("lease-operation-timeout");
        this.owner = settings.ownerName() + "#" + UUID.randomUUID();
    }

    private static ControlStore store(ExtendedActorSystem system) {
        return system.settings()
                .setup()
                .get(LeaseStore.class)
                .orElseThrow(() -> new IllegalStateException("an actor system that was begun without a store"))
                .store();
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
    public synchronized Duration remaining() {
        Hold now = held;
        return now == null ? Duration.ZERO : Duration.ofNanos(now.deadline() - nanos.getAsLong());
    }

    private <T> CompletionStage<T> bounded(CompletionStage<T> answer) {
        return answer.toCompletableFuture().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private CompletionStage<Optional<Standing>> look() {
        return bounded(store.document(Shelf.LEASE, settings.leaseName()))
                .thenApply(found -> found.map(Standing::parse));
    }

    /// @param before null when nobody ever had it
    private CompletionStage<Boolean> change(@Nullable Standing before, Standing after) {
        Bytes expected = before == null ? null : before.document();
        return bounded(store.replaceDocument(Shelf.LEASE, settings.leaseName(), expected, after.document()));
    }

    @Override
    public CompletionStage<Boolean> acquire() {
        return acquire(why -> {});
    }

    @Override
    public CompletionStage<Boolean> acquire(Consumer<Optional<Throwable>> lost) {
        int before;
        synchronized (this) {
            Hold now = held;
            if (now != null && checkLease()) {
                held = new Hold(now.standing(), now.deadline(), lost);
                return CompletableFuture.completedFuture(true);
            }
            if (asking) {
                return CompletableFuture.completedFuture(false);
            }
            asking = true;
            before = releases;
        }
        long asked = nanos.getAsLong();
        return look().thenCompose(found -> take(asked, found.orElse(null)))
                .handle((taken, failure) ->
                        begun(asked, before, taken == null ? null : taken.orElse(null), failure, lost))
                .thenCompose(answer -> answer);
    }

    /// @return what was taken; nothing when it is another one's
    private CompletionStage<Optional<Standing>> take(long asked, @Nullable Standing found) {
        Standing before = found == null ? Standing.NEVER : found;
        Standing after = before.owner().equals(owner) ? before.renewed() : before.taken(owner);
        if (!before.owner().isEmpty() && !before.owner().equals(owner) && !abandoned(asked, before)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return change(found, after).thenApply(done -> done ? Optional.of(after) : Optional.empty());
    }

    /// Whether this stood so, at a look that began at `asked`, for longer than any holder believes.
    private synchronized boolean abandoned(long asked, Standing found) {
        Seen before = seen;
        if (before == null || !before.standing().equals(found)) {
            seen = new Seen(found, nanos.getAsLong());
            return false;
        }
        return asked - before.since() > holdNanos * DRIFT;
    }

    private synchronized CompletionStage<Boolean> begun(
            long asked,
            int before,
            @Nullable Standing taken,
            @Nullable Throwable failure,
            Consumer<Optional<Throwable>> lost) {
        asking = false;
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        if (taken == null) {
            return CompletableFuture.completedFuture(false);
        }
        if (before != releases) {
            return release(taken).thenApply(done -> false);
        }
        held = new Hold(taken, asked + holdNanos, lost);
        seen = null;
        beat();
        log.debug("lease {}: taken by {} in epoch {}", settings.leaseName(), owner, taken.epoch());
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
        boolean over;
        synchronized (this) {
            now = held;
            if (now == null || asking) {
                return;
            }
            over = !checkLease();
            asking = !over;
        }
        if (over) {
            lose(now);
            return;
        }
        long asked = nanos.getAsLong();
        Standing next = now.standing().renewed();
        var _ = change(now.standing(), next)
                .thenCompose(done -> done
                        ? CompletableFuture.completedFuture(new Hold(next, asked + holdNanos, now.lost()))
                        : look().thenApply(found -> standing(now, found.orElse(Standing.NEVER))))
                .whenComplete((after, failure) -> renewed(now, after, failure));
    }

    /// What came of a renewal that found something else: perhaps an earlier one whose answer was lost. Since others
    /// may have seen that one for as long, it does not last longer.
    private @Nullable Hold standing(Hold before, Standing found) {
        return found.owner().equals(owner) && found.epoch() == before.standing().epoch()
                ? new Hold(found, before.deadline(), before.lost())
                : null;
    }

    private void renewed(Hold before, @Nullable Hold after, @Nullable Throwable failure) {
        Hold over;
        synchronized (this) {
            asking = false;
            Hold now = held;
            if (now == null || !before.standing().equals(now.standing())) {
                return;
            }
            if (failure != null) {
                // Held until the deadline all the same; the next beat asks again.
                log.warn("lease {}: not renewed yet: {}", settings.leaseName(), failure.toString());
                return;
            }
            if (after != null) {
                held = new Hold(after.standing(), after.deadline(), now.lost());
                return;
            }
            over = now;
        }
        lose(over);
    }

    private void lose(Hold before) {
        log.warn("lease {}: lost by {}", settings.leaseName(), owner);
        end();
        before.lost().accept(Optional.empty());
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
        }
        end();
        return look().thenCompose(found -> found.filter(now -> now.owner().equals(owner))
                .map(this::release)
                .orElse(CompletableFuture.completedFuture(true)));
    }

    /// Once more when the last renewal was still on its way.
    private CompletionStage<Boolean> release(Standing now) {
        return change(now, now.released())
                .thenCompose(done -> done ? CompletableFuture.completedFuture(true) : release());
    }
}
