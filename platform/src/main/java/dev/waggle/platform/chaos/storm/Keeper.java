package dev.waggle.platform.chaos.storm;

import dev.waggle.platform.chaos.fleet.Fleet;
import dev.waggle.platform.chaos.fleet.Seat;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Starts every node again that does not run, as a service manager does.
final class Keeper implements AutoCloseable {
    private static final int LOOK_MILLIS = 100;

    private final Fleet fleet;
    private final Consumer<String> out;
    private final Set<Seat> killed = ConcurrentHashMap.newKeySet();
    private final Set<Seat> held = ConcurrentHashMap.newKeySet();
    private final AtomicInteger ended = new AtomicInteger();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final List<Thread> watching;
    private volatile boolean closed;

    Keeper(Fleet fleet, Consumer<String> out) {
        this.fleet = fleet;
        this.out = out;
        this.watching = fleet.seats().stream()
                .map(seat -> Thread.ofVirtual().name("keeper of " + seat.name()).start(() -> keep(seat)))
                .toList();
    }

    private void keep(Seat seat) {
        while (!closed) {
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                if (!seat.alive() && !held.contains(seat) && !closed) {
                    begin(seat);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void begin(Seat seat) {
        if (!killed.remove(seat)) {
            ended.incrementAndGet();
            out.accept(seat.name() + " has ended by itself");
        }
        try {
            fleet.start(seat);
        } catch (IOException e) {
            // The next look tries again.
            failures.add(seat.name() + ": " + e.getMessage());
            killed.add(seat);
        }
    }

    /// `kill -9`; it stays away until [#release].
    void kill(Seat seat) throws InterruptedException {
        held.add(seat);
        killed.add(seat);
        seat.kill();
    }

    void release(Seat seat) {
        held.remove(seat);
    }

    /// How often a node ended that nobody killed, such as one that the others put out.
    int ended() {
        return ended.get();
    }

    /// Starts that failed; each was tried again.
    List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        closed = true;
        watching.forEach(Thread::interrupt);
    }
}
