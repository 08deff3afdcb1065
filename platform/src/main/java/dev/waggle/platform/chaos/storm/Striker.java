package dev.waggle.platform.chaos.storm;

import dev.waggle.cassandra.CassandraServer;
import dev.waggle.platform.chaos.fleet.Fleet;
import dev.waggle.platform.chaos.fleet.Seat;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// Lets faults happen, and has them end after their span.
final class Striker {
    /// How long traffic may take to reach a named point.
    private static final Duration REACH_MAX = Duration.ofSeconds(20);
    private static final int LOOK_MILLIS = 50;
    private static final int PULSE_MILLIS = 250;

    private final Fleet fleet;
    private final Keeper keeper;
    /// Of each node: how wrong its clock is.
    private final Map<Seat, Integer> shifts = new ConcurrentHashMap<>();
    private final ReentrantLock servers = new ReentrantLock();

    Striker(Fleet fleet, Keeper keeper) {
        this.fleet = fleet;
        this.keeper = keeper;
    }

    private Seat seat(int number) {
        return fleet.seats().get(number);
    }

    /// Begins it.
    ///
    /// @return false when it did not come to it: the node never passed the point
    boolean begin(Strike strike) throws IOException, InterruptedException {
        switch (strike.kind()) {
            case KILL -> keeper.kill(seat(strike.target()));
            case FREEZE -> seat(strike.target()).freeze();
            case FREEZE_IN_PERSIST -> {
                return frozeItself(seat(strike.target()), strike.point() + ":" + strike.amount() + ":halt");
            }
            case CUT_OFF -> {
                fleet.silence(seat(strike.target()));
                fleet.deafen(seat(strike.target()));
            }
            case SILENCED -> fleet.silence(seat(strike.target()));
            case DEAFENED -> fleet.deafen(seat(strike.target()));
            case PARTED -> fleet.part(seat(strike.target()), seat(strike.other()));
            case CASSANDRA_DOWN -> kill(server(strike));
            case CASSANDRA_SLOW -> slow(server(strike), strike.span());
            case SOCKETS_CUT -> fleet.town().cut();
            case CLOCK_JUMP -> shift(seat(strike.target()), strike.amount());
        }
        return true;
    }

    /// Ends what lasts.
    void end(Strike strike) throws IOException, InterruptedException {
        switch (strike.kind()) {
            case KILL -> keeper.release(seat(strike.target()));
            case FREEZE -> seat(strike.target()).thaw();
            case FREEZE_IN_PERSIST -> {
                pretend(seat(strike.target()), "");
                seat(strike.target()).thaw();
            }
            case CUT_OFF, SILENCED, DEAFENED, PARTED -> fleet.mend();
            case CASSANDRA_DOWN -> start(server(strike));
            case CLOCK_JUMP -> shift(seat(strike.target()), 0);
            case CASSANDRA_SLOW, SOCKETS_CUT -> {
                // Over already.
            }
        }
    }

    private CassandraServer server(Strike strike) {
        return fleet.ring().get(strike.target());
    }

    private void kill(CassandraServer server) {
        servers.lock();
        try {
            server.kill();
        } finally {
            servers.unlock();
        }
    }

    private void start(CassandraServer server) {
        servers.lock();
        try {
            server.start();
        } finally {
            servers.unlock();
        }
    }

    private void slow(CassandraServer server, Duration span) throws InterruptedException {
        long end = System.nanoTime() + span.toNanos();
        while (System.nanoTime() < end) {
            servers.lock();
            try {
                if (!server.isAlive()) {
                    return;
                }
                server.freeze();
                TimeUnit.MILLISECONDS.sleep(PULSE_MILLIS);
                server.thaw();
            } finally {
                servers.unlock();
            }
            TimeUnit.MILLISECONDS.sleep(PULSE_MILLIS);
        }
    }

    private void shift(Seat seat, int seconds) throws IOException {
        shifts.put(seat, seconds);
        pretend(seat, "");
    }

    private void pretend(Seat seat, String failpoint) throws IOException {
        seat.rehearse(
                Map.of("clock-shift-seconds", Integer.toString(shifts.getOrDefault(seat, 0)), "failpoint", failpoint));
    }

    private boolean frozeItself(Seat seat, String failpoint) throws IOException, InterruptedException {
        pretend(seat, failpoint);
        for (long end = System.nanoTime() + REACH_MAX.toNanos(); System.nanoTime() < end; ) {
            if (seat.standsStill()) {
                seat.freeze();
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        pretend(seat, "");
        seat.thaw();
        return false;
    }
}
