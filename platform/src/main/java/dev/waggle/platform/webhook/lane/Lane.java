package dev.waggle.platform.webhook.lane;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One lane while something of it is not settled. Its events come from the buffer; when it is `behind`, more of
/// them lie in the log above `from`.
final class Lane {
    final String name;
    final Deque<Item> buffer = new ArrayDeque<>();
    long from;
    boolean behind;

    @Nullable
    Item inFlight;
    /// The event that the next four are about; another one begins anew.
    long tried;
    int attempts;
    long firstAttempt;
    long nextAttempt;
    String problem = "";
    long eventAt;

    Lane(String name) {
        this.name = name;
    }

    static Lane of(Cursor.Waiting waiting) {
        Lane lane = new Lane(waiting.lane());
        lane.from = waiting.head() - 1;
        lane.behind = true;
        lane.tried = waiting.head();
        lane.attempts = waiting.attempts();
        lane.firstAttempt = waiting.firstAttempt();
        lane.nextAttempt = waiting.nextAttempt();
        lane.problem = waiting.problem();
        lane.eventAt = waiting.eventAt();
        return lane;
    }

    Cursor.Waiting waiting() {
        return new Cursor.Waiting(name, head(), attempts, firstAttempt, nextAttempt, problem, eventAt());
    }

    /// The first event that is not settled; when it has to be looked for, where to begin.
    long head() {
        Item first = first();
        return first == null ? from + 1 : first.sequence();
    }

    private @Nullable Item first() {
        return inFlight == null ? buffer.peek() : inFlight;
    }

    long eventAt() {
        Item first = first();
        return first == null ? eventAt : first.atMillis();
    }

    boolean parked() {
        return attempts > 0 && inFlight == null;
    }

    boolean due(long now) {
        return inFlight == null && nextAttempt <= now;
    }

    Item send() {
        Item item = Objects.requireNonNull(buffer.poll(), name);
        if (item.sequence() != tried) {
            forget();
            tried = item.sequence();
        }
        inFlight = item;
        return item;
    }

    void settled() {
        if (inFlight != null) {
            from = Math.max(from, inFlight.sequence());
        }
        inFlight = null;
        eventAt = 0;
        forget();
    }

    private void forget() {
        attempts = 0;
        firstAttempt = 0;
        nextAttempt = 0;
        problem = "";
    }

    /// Events are let go: they are read again when their time has come.
    ///
    /// @return how many of the buffer
    int park(Item item, long now, long next, String why) {
        inFlight = null;
        eventAt = item.atMillis();
        attempts++;
        firstAttempt = firstAttempt == 0 ? now : firstAttempt;
        nextAttempt = next;
        problem = why;
        int gone = buffer.size();
        buffer.clear();
        behind = true;
        from = item.sequence() - 1;
        return gone;
    }

    /// What is in memory and not under way is read again when its time has come.
    ///
    /// @return how many of the buffer
    int letGo() {
        Item first = buffer.peek();
        if (first == null) {
            return 0;
        }
        int gone = buffer.size();
        buffer.clear();
        behind = true;
        from = first.sequence() - 1;
        eventAt = first.atMillis();
        return gone;
    }

    /// A page that began there holds what this lane needs next, and the lane may have it now: one that waits for
    /// another attempt gets its events when it is its turn.
    boolean leadOnBy(Progress.Need.Behind need) {
        return behind && from >= need.after() && (attempts == 0 || name.equals(need.lane()));
    }

    boolean done() {
        return inFlight == null && buffer.isEmpty() && !behind;
    }
}
