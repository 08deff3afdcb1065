package dev.waggle.persistence.cassandra.lease;

import dev.waggle.persistence.cassandra.link.CassandraSettings;
import dev.waggle.persistence.cassandra.link.JournalSessions;
import dev.waggle.persistence.cassandra.link.Link;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What leases of an actor system stand on: one row with a time to live, renewed for all of them at once. A lease
/// names the session of its holder, and anybody may take it when that session is over; so hundreds of leases cost
/// the store no more than one while nothing changes.
///
/// It counts from before it asked, on its own monotonic clock, and stops believing after `heartbeat-timeout`.
/// Cassandra counts from when it wrote, and lets go later by a second (it counts whole ones) and by `clock-skew`
/// (how far the clocks of its nodes may be apart). A session that Cassandra let go is over for ever; the next one
/// has another name. Thread-safe.
final class OwnerSession {
    private static final Logger log = LoggerFactory.getLogger(OwnerSession.class);
    private static final String PREFIX = "session ";
    private static final int ID_CHARS = 36;
    /// How long an answer that another session lives is taken to be true: many leases ask about the same few.
    private static final Duration LIVES = Duration.ofMillis(300);

    private static final int OTHERS_MAX = 1_000;
    /// So many beats nothing stood on it.
    private static final int IDLE_MAX = 3;

    /// @param asked of the monotonic clock
    private record Question(CompletableFuture<Boolean> over, long asked) {
        /// What is over stays over.
        boolean holds(long now) {
            return !over.isDone() || now - asked < LIVES.toNanos() || !over.isCompletedExceptionally() && over.join();
        }
    }

    /// Oldest first; what falls out is asked again.
    private static final class Others extends LinkedHashMap<String, Question> {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Question> eldest) {
            return size() > OTHERS_MAX;
        }
    }

    private final LeaseTable table;
    private final ExtendedActorSystem system;
    private final LongSupplier nanos;
    private final Duration hold;
    private final Duration interval;
    private final int liveSeconds;
    /// Null until the first one began. What is over here may still live in Cassandra, and then goes on.
    private @Nullable String name;
    /// Whether it is the one of this process now, and until when.
    private boolean lives;

    private long deadline;
    private @Nullable CompletionStage<String> beginning;
    private @Nullable Cancellable heartbeat;
    private boolean asking;
    private int idle;
    private boolean ended;
    private final Set<CassandraLease> holders = new HashSet<>();
    private final Map<String, Supplier<CompletionStage<Boolean>>> owed = new HashMap<>();
    private final Map<String, Question> others = new Others();

    OwnerSession(Timing timing, ExtendedActorSystem system, LongSupplier nanos) {
        this.system = system;
        this.nanos = nanos;
        this.hold = timing.hold();
        this.interval = timing.interval();
        this.liveSeconds = timing.liveSeconds();
        CassandraSettings cassandra =
                JournalSessions.settings(system.settings().config().getConfig(JournalSessions.PLUGIN));
        Link link = Link.openForLeases(cassandra);
        this.table = new LeaseTable(link.session(), cassandra.keyspace(), timing.operation());
        system.registerOnTermination(() -> end(link));
    }

    /// What was not given back lasts until its time is over: who decided which part of a split cluster ends, itself
    /// among them, keeps the other part from deciding otherwise.
    private void end(Link link) {
        synchronized (this) {
            ended = true;
            lives = false;
            stop();
        }
        // Outside: the driver waits for its threads, and one of them may be about to tell this of an answer.
        link.close();
    }

    LeaseTable table() {
        return table;
    }

    /// The session that an owner's mark in a lease begins with; null when it is none.
    static @Nullable String in(String mark) {
        int end = PREFIX.length() + ID_CHARS;
        return mark.startsWith(PREFIX) && mark.length() > end ? mark.substring(0, end) : null;
    }

    /// How long it is certain that a session of this process is not over.
    synchronized Duration remaining(String session) {
        return lives && session.equals(name) ? Duration.ofNanos(deadline - nanos.getAsLong()) : Duration.ZERO;
    }

    private boolean certain() {
        return lives && deadline - nanos.getAsLong() > 0;
    }

    /// The session of this process; begins one when there is none, or goes on with the last one if Cassandra still
    /// has it.
    ///
    /// @return fails when Cassandra does not answer
    synchronized CompletionStage<String> begin() {
        String now = name;
        if (now != null && certain()) {
            return CompletableFuture.completedFuture(now);
        }
        CompletionStage<String> under = beginning;
        if (under != null) {
            return under;
        }
        CompletableFuture<String> answer = new CompletableFuture<>();
        beginning = answer;
        CompletionStage<String> begun = now == null ? fresh() : again(now);
        var _ = begun.whenComplete((session, failure) -> {
            synchronized (this) {
                beginning = null;
            }
            if (failure == null) {
                answer.complete(session);
            } else {
                answer.completeExceptionally(failure);
            }
        });
        return answer;
    }

    private CompletionStage<String> again(String before) {
        long asked = nanos.getAsLong();
        return table.renew(before, liveSeconds).thenCompose(done -> {
            if (!done) {
                return fresh();
            }
            begun(before, asked);
            return CompletableFuture.completedFuture(before);
        });
    }

    /// With a name of its own each time: the answer to one that failed may still come true.
    private CompletionStage<String> fresh() {
        String next = PREFIX + UUID.randomUUID();
        long asked = nanos.getAsLong();
        return table.begin(next, liveSeconds).thenApply(done -> {
            if (!done) {
                throw new IllegalStateException("a session that was there before it began: " + next);
            }
            log.info("leases: {} begun", next);
            begun(next, asked);
            return next;
        });
    }

    private synchronized void begun(String session, long asked) {
        if (ended) {
            return;
        }
        if (!session.equals(name)) {
            // Whatever stood on the one before is anybody's.
            owed.clear();
        }
        name = session;
        lives = true;
        idle = 0;
        deadline = asked + hold.toNanos();
        if (heartbeat == null) {
            heartbeat =
                    system.getScheduler().scheduleWithFixedDelay(interval, interval, this::beat, system.dispatcher());
        }
    }

    private void stop() {
        Cancellable beating = heartbeat;
        heartbeat = null;
        if (beating != null) {
            beating.cancel();
        }
    }

    private void beat() {
        String now;
        synchronized (this) {
            now = name;
            if (now == null || !lives) {
                return;
            }
            idle = holders.isEmpty() && owed.isEmpty() ? idle + 1 : 0;
            if (idle > IDLE_MAX) {
                // Nobody needs it: it is not renewed for nothing.
                lives = false;
                stop();
                return;
            }
            if (certain()) {
                if (asking) {
                    return;
                }
                asking = true;
            }
        }
        if (!remaining(now).isPositive()) {
            lose(now, "not renewed in time");
            return;
        }
        long asked = nanos.getAsLong();
        var _ = table.renew(now, liveSeconds).whenComplete((done, failure) -> renewed(now, asked, done, failure));
    }

    private void renewed(String session, long asked, @Nullable Boolean done, @Nullable Throwable failure) {
        synchronized (this) {
            asking = false;
            if (!lives || !session.equals(name)) {
                return;
            }
            if (failure == null && done != null && done) {
                deadline = asked + hold.toNanos();
            }
        }
        if (failure != null) {
            // Lives until the deadline all the same; the next beat asks again.
            log.warn("leases: {} not renewed yet: {}", session, failure.toString());
        } else if (done != null && done) {
            settle();
        } else {
            lose(session, "Cassandra let it go");
        }
    }

    private void lose(String session, String why) {
        List<CassandraLease> all;
        synchronized (this) {
            if (!lives || !session.equals(name)) {
                return;
            }
            lives = false;
            stop();
            all = List.copyOf(holders);
            holders.clear();
        }
        log.warn("leases: {} is over, {}, with {} leases", session, why, all.size());
        all.forEach(lease -> lease.lost(session));
    }

    /// A lease that stands on a session of this process is told when that is over.
    ///
    /// @return false when it is over already
    synchronized boolean enter(CassandraLease lease, String session) {
        if (!lives || !session.equals(name)) {
            return false;
        }
        holders.add(lease);
        return true;
    }

    synchronized void leave(CassandraLease lease) {
        holders.remove(lease);
    }

    /// What must not be left undone while a session lives: a lease that nobody here wants and nobody else gets.
    synchronized void owe(String session, String lease, Supplier<CompletionStage<Boolean>> giveBack) {
        if (session.equals(name)) {
            owed.put(lease, giveBack);
        }
    }

    /// It was done.
    synchronized void settled(String lease, Supplier<CompletionStage<Boolean>> giveBack) {
        owed.remove(lease, giveBack);
    }

    /// It was taken again, in a later epoch.
    synchronized void settled(String lease) {
        owed.remove(lease);
    }

    private void settle() {
        Map<String, Supplier<CompletionStage<Boolean>>> all;
        synchronized (this) {
            all = Map.copyOf(owed);
        }
        all.forEach((lease, giveBack) -> {
            var _ = giveBack.get().thenAccept(_ -> settled(lease, giveBack));
        });
    }

    /// Whether another session is over, for ever.
    CompletionStage<Boolean> over(String session) {
        Question question;
        synchronized (this) {
            if (session.equals(name) && lives) {
                return CompletableFuture.completedFuture(false);
            }
            long now = nanos.getAsLong();
            Question before = others.get(session);
            if (before != null && before.holds(now)) {
                return before.over();
            }
            question = new Question(
                    table.living(session).thenApply(living -> !living).toCompletableFuture(), now);
            others.put(session, question);
        }
        return question.over();
    }
}
