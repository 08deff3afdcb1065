package dev.waggle.platform.webhook.lane;

import dev.waggle.platform.port.webhook.Ordering;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// Where one webhook stands in one account's log, and what it does next. One event of a lane is under way at a
/// time.
///
/// A delivery counts as under way until it is durable that it was taken: so a crash repeats at most `maxInFlight`
/// of them. A lane whose event failed is parked: only its place is kept, the log has the rest. When everything
/// fails, lanes are begun only now and then, and parked ones are tried in their time, until one is taken.
public final class Progress {
    /// @param maxInFlight deliveries that are not durable yet
    /// @param parkedMax lanes that wait for another attempt; at the limit no more of the log is read
    /// @param bufferMax events in memory
    /// @param failuresMax so many attempts in a row without one that was taken: everything fails
    /// @param probeMillis while everything fails, something new is tried so long after the last failure
    public record Limits(int maxInFlight, int parkedMax, int bufferMax, int failuresMax, long probeMillis) {}

    /// What to read.
    public sealed interface Need {
        /// The next page of the log.
        record Ahead(long after) implements Need {}

        /// What a lane left behind.
        ///
        /// @param upTo how far the log was read when this was asked for
        record Behind(String lane, long after, long upTo) implements Need {
            /// How far a page reaches: to its last event, and when it ended the log, to where that was read at
            /// least; what came since may be missing.
            public long reach(long last, boolean ended) {
                return ended ? Math.max(last, upTo) : last;
            }
        }
    }

    /// Of one chat, so that a busy one does not fill the memory that the others need.
    private static final int LANE_BUFFER_MAX = 8;

    private final Ordering ordering;
    private final Limits limits;
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private long read;
    private long delivered;
    private long deadLetters;
    private int buffered;
    private int inFlight;
    /// Settled, but not in a cursor that was stored.
    private int unstored;
    private int failures;
    private long lastFailure;
    private long heldUntil;

    public Progress(Ordering ordering, Limits limits, Cursor cursor) {
        this.ordering = ordering;
        this.limits = limits;
        this.read = cursor.read();
        this.delivered = cursor.delivered();
        this.deadLetters = cursor.deadLetters();
        cursor.lanes().forEach(waiting -> lanes.put(waiting.lane(), Lane.of(waiting)));
        // Whoever was away is asked gently after a restart, too.
        this.failures = (int) Math.min(parked(), limits.failuresMax());
    }

    public Cursor cursor() {
        return new Cursor(read, lanes.values().stream().map(Lane::waiting).toList(), delivered, deadLetters);
    }

    /// When the oldest event that is known to wait happened; 0: none is.
    public long oldestAt() {
        return lanes.values().stream()
                .mapToLong(Lane::eventAt)
                .filter(at -> at > 0)
                .min()
                .orElse(0);
    }

    /// How many settled deliveries the cursor of now makes durable; for [#stored].
    public int unstored() {
        return unstored;
    }

    public void stored(int count) {
        unstored -= count;
    }

    /// Everything fails: a receiver that is away, most likely.
    public boolean failing() {
        return failures >= limits.failuresMax();
    }

    /// How far the log was read.
    public long read() {
        return read;
    }

    public int inFlight() {
        return inFlight;
    }

    /// Events in memory.
    public int held() {
        return buffered + inFlight;
    }

    private long parked() {
        return lanes.values().stream().filter(Lane::parked).count();
    }

    /// While everything fails, what was not tried yet is tried only now and then.
    private boolean fresh(long now) {
        return !failing() || now >= lastFailure + limits.probeMillis();
    }

    private boolean mayTry(Lane lane, long now) {
        return lane.due(now) && (lane.attempts > 0 || fresh(now));
    }

    private boolean open(long now) {
        return inFlight + unstored < limits.maxInFlight() && now >= heldUntil;
    }

    /// The next page, when there is room for it and nothing better to do.
    public Optional<Need.Ahead> ahead(long now) {
        boolean room = buffered < limits.bufferMax() && parked() < limits.parkedMax();
        boolean useless = ordering == Ordering.ACCOUNT && !lanes.isEmpty();
        boolean better = lanes.values().stream()
                .anyMatch(lane -> mayTry(lane, now) && (!lane.buffer.isEmpty() || lane.attempts == 0));
        return room && !useless && !better && open(now) && fresh(now)
                ? Optional.of(new Need.Ahead(read))
                : Optional.empty();
    }

    /// What a lane needs from the log whose turn has come.
    public Optional<Need.Behind> behind(long now) {
        return !open(now) || buffered >= limits.bufferMax()
                ? Optional.empty()
                : lanes.values().stream()
                        .filter(lane -> lane.behind && lane.buffer.isEmpty() && mayTry(lane, now))
                        .min(Comparator.comparingLong(lane -> lane.from))
                        .map(lane -> new Need.Behind(lane.name, lane.from, read));
    }

    /// Takes in what is wanted of a page that began after [#read].
    ///
    /// @param end the page's last event
    public void ahead(List<Item> page, long end) {
        int most = ordering == Ordering.ACCOUNT ? limits.bufferMax() : LANE_BUFFER_MAX;
        for (Item item : page) {
            if (item.sequence() <= read) {
                continue;
            }
            Lane lane = lanes.computeIfAbsent(item.lane(), Lane::new);
            if (lane.behind || lane.attempts > 0 || lane.buffer.size() >= most || buffered >= limits.bufferMax()) {
                fallBehind(lane, item.sequence() - 1);
            } else {
                lane.buffer.add(item);
                buffered++;
            }
        }
        read = Math.max(read, end);
    }

    private static void fallBehind(Lane lane, long from) {
        if (!lane.behind) {
            lane.behind = true;
            lane.from = from;
        }
    }

    /// Takes in what is wanted of a page that was read for a need, for every lane that it leads on: what waits in a
    /// hundred chats is not read a hundred times.
    ///
    /// @param end how far the page [reaches][Need.Behind#reach]
    public void behind(Need.Behind need, List<Item> page, long end) {
        long covered = Math.min(read, end);
        Set<Lane> led = lanes.values().stream()
                .filter(lane -> lane.leadOnBy(need))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (Item item : page) {
            Lane lane = lanes.get(item.lane());
            if (lane == null || !led.contains(lane) || item.sequence() <= lane.from || item.sequence() > covered) {
                continue;
            }
            int most = lane.name.equals(need.lane()) ? limits.bufferMax() : LANE_BUFFER_MAX;
            if (lane.buffer.size() < most && buffered < limits.bufferMax()) {
                lane.buffer.add(item);
                lane.from = item.sequence();
                buffered++;
            } else {
                led.remove(lane);
            }
        }
        for (Lane lane : led) {
            lane.from = Math.max(lane.from, covered);
            lane.behind = lane.from < read;
            removeDone(lane);
        }
    }

    private void removeDone(Lane lane) {
        if (lane.done()) {
            lanes.remove(lane.name);
        }
    }

    /// There is something to send now.
    public boolean ready(long now) {
        return nextLane(now).isPresent();
    }

    /// The next event to send; it is under way from now on.
    public Optional<Item> next(long now) {
        return nextLane(now).map(this::send);
    }

    private Optional<Lane> nextLane(long now) {
        return !open(now)
                ? Optional.empty()
                : lanes.values().stream()
                        .filter(lane -> !lane.buffer.isEmpty() && mayTry(lane, now))
                        .min(Comparator.comparingLong(Lane::head));
    }

    private Item send(Lane lane) {
        buffered--;
        inFlight++;
        return lane.send();
    }

    /// When to look again; empty: nothing waits for a time.
    public OptionalLong nextAt(long now) {
        LongStream parked = lanes.values().stream().filter(Lane::parked).mapToLong(lane -> lane.nextAttempt);
        LongStream probe = failing() ? LongStream.of(lastFailure + limits.probeMillis()) : LongStream.empty();
        LongStream held = LongStream.of(heldUntil);
        return LongStream.concat(parked.map(at -> Math.max(at, heldUntil)), LongStream.concat(probe, held))
                .filter(at -> at > now)
                .min();
    }

    /// How often this event failed before, while it is under way.
    public int attempts(Item item) {
        Lane lane = lanes.get(item.lane());
        return lane == null ? 0 : lane.attempts;
    }

    /// Milliseconds since the first attempt, while it is under way.
    public long age(Item item, long now) {
        Lane lane = lanes.get(item.lane());
        return lane == null || lane.firstAttempt == 0 ? 0 : now - lane.firstAttempt;
    }

    /// It was taken. When nothing was for a while, everything that waits is due at once.
    public void delivered(Item item) {
        if (failing()) {
            lanes.values().forEach(lane -> lane.nextAttempt = 0);
        }
        failures = 0;
        heldUntil = 0;
        delivered++;
        settle(item);
    }

    /// It is among the dead letters.
    public void buried(Item item) {
        failures++;
        settle(item);
    }

    public void oneMoreDeadLetter() {
        deadLetters++;
    }

    public void oneDeadLetterLess() {
        deadLetters = Math.max(0, deadLetters - 1);
    }

    public long deadLetters() {
        return deadLetters;
    }

    private void settle(Item item) {
        Lane lane = underWay(item);
        inFlight--;
        unstored++;
        lane.settled();
        removeDone(lane);
    }

    /// It was not taken and waits.
    ///
    /// @param hold the receiver asked to be left alone until then by all; zero: it did not
    public void failed(Item item, long now, Duration delay, Duration hold, String why) {
        Lane lane = underWay(item);
        inFlight--;
        failures++;
        lastFailure = now;
        buffered -= lane.park(item, now, now + delay.toMillis(), why);
        heldUntil = Math.max(heldUntil, hold.isZero() ? 0 : now + hold.toMillis());
        if (failing()) {
            // Nothing of it will be sent soon, and there may be as many of us as there are accounts.
            lanes.values().forEach(other -> buffered -= other.letGo());
        }
    }

    private Lane underWay(Item item) {
        Lane lane = lanes.get(item.lane());
        Item sent = lane == null ? null : lane.inFlight;
        if (lane == null || sent == null || sent.sequence() != item.sequence()) {
            throw new IllegalStateException("event " + item.sequence() + " is not under way");
        }
        return lane;
    }
}
