package dev.waggle.simulator.fault;

import dev.waggle.simulator.directory.Device;
import dev.waggle.simulator.fault.Fault.Kind;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/// The armed faults. Thread-safe: greetings are answered before the exchange knows whom.
public final class Faults {
    private static final int ARMED_MAX = 1_000;

    private final Map<Integer, Armed> armed = new TreeMap<>();
    private int lastId;
    private volatile boolean deaf;

    private static final class Armed {
        final Fault fault;
        int strikes;
        int passed;

        Armed(Fault fault) {
            this.fault = fault;
        }

        boolean spent() {
            return fault.count() > 0 && strikes >= fault.count();
        }
    }

    /// @return the fault's number
    /// @throws IllegalStateException when 1,000 are armed
    public synchronized int arm(Fault fault) {
        if (armed.size() >= ARMED_MAX) {
            throw new IllegalStateException("faults: " + ARMED_MAX + " (expected: below the limit)");
        }
        armed.put(++lastId, new Armed(fault));
        recount();
        return lastId;
    }

    public synchronized boolean disarm(int id) {
        boolean removed = armed.remove(id) != null;
        recount();
        return removed;
    }

    public synchronized void disarmAll() {
        armed.clear();
        recount();
    }

    public synchronized Map<Integer, Fault> armed() {
        Map<Integer, Fault> all = new TreeMap<>();
        armed.forEach((id, one) -> all.put(id, one.fault));
        return all;
    }

    private void recount() {
        deaf = armed.values().stream()
                .anyMatch(one ->
                        one.fault.kind() == Kind.BLACKHOLE && one.fault.target().isEmpty());
    }

    /// True while a blackhole swallows everybody, handshakes included. From any thread.
    public boolean deaf() {
        return deaf;
    }

    /// True while the fault is armed for the device; without counting.
    public synchronized boolean has(Kind kind, Device device) {
        return armed.values().stream().anyMatch(one -> one.fault.kind() == kind && hits(one.fault, device));
    }

    /// The first fault of that kind that strikes the device now; counts, and removes what has struck often enough.
    public Optional<Fault> strike(Kind kind, Device device) {
        return strike(kind, fault -> hits(fault, device));
    }

    /// As [#strike(Kind, Device)], for a greeting: nobody knows yet which device it is.
    public Optional<Fault> strikeGreeting(Kind kind) {
        return strike(kind, fault -> true);
    }

    /// The first fault of that kind that strikes a media host now, by its number from 1.
    public Optional<Fault> strikeMedia(Kind kind, int host) {
        boolean one = kind == Kind.MEDIA_DOWN;
        return strike(kind, fault -> !one || fault.code() == 0 || fault.code() == host);
    }

    private synchronized Optional<Fault> strike(Kind kind, Predicate<Fault> hits) {
        for (Iterator<Armed> all = armed.values().iterator(); all.hasNext(); ) {
            Armed one = all.next();
            if (one.fault.kind() == kind && hits.test(one.fault) && due(one)) {
                one.strikes++;
                if (one.spent()) {
                    all.remove();
                }
                return Optional.of(one.fault);
            }
        }
        return Optional.empty();
    }

    private static boolean due(Armed one) {
        // At a media host `after` counts bytes of one body.
        boolean due = one.fault.kind().name().startsWith("MEDIA") || one.passed >= one.fault.after();
        one.passed = due ? 0 : one.passed + 1;
        return due;
    }

    /// True when the fault's target names the device, or nobody in particular.
    public static boolean hits(Fault fault, Device device) {
        return fault.target()
                .map(target -> target.sameUser(device.user().like(target))
                        && (target.device() == 0 || target.device() == device.id()))
                .orElse(true);
    }
}
