package dev.waggle.platform.webhook;

import dev.waggle.platform.eventlog.EventsExpiredException;
import dev.waggle.platform.port.webhook.Position;
import dev.waggle.platform.webhook.call.Outcome;
import dev.waggle.platform.webhook.lane.Cursor;
import dev.waggle.platform.webhook.lane.Progress;
import dev.waggle.platform.webhook.shelf.Definition;
import dev.waggle.platform.webhook.shelf.Pair;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a delivery fares, for whoever asks. Part of its delivery, on whose thread it is called.
final class Standing {
    private @Nullable Long oldest;
    private String storeAway = "";
    private boolean full;
    private String problem = "";

    void begin() {
        oldest = null;
        full = false;
        problem = "";
    }

    /// Events were removed before they were delivered: somebody must decide where to go on.
    void expired(EventsExpiredException gap) {
        oldest = gap.oldest();
        problem = String.valueOf(gap.getMessage());
    }

    boolean expired() {
        return oldest != null;
    }

    void storeAway(String why) {
        storeAway = why;
    }

    void storeWorks() {
        storeAway = "";
    }

    /// One more must be a dead letter, and no more may.
    void full() {
        full = true;
    }

    void notFull() {
        full = false;
    }

    void tried(Outcome outcome) {
        problem = outcome.problem();
        full &= !(outcome instanceof Outcome.Taken);
    }

    /// What went wrong last; empty: nothing did.
    String problem() {
        return problem;
    }

    void report(DeliveryServices services, Pair pair, Definition definition, Progress progress) {
        long waiting = progress.oldestAt();
        services.meters().report(pair, state(services, definition, progress, waiting), waiting);
    }

    private Position.State state(DeliveryServices services, Definition definition, Progress progress, long oldestAt) {
        if (!definition.webhook().running()) {
            return Position.State.PAUSED;
        }
        if (oldest != null) {
            return Position.State.EXPIRED;
        }
        if (!storeAway.isEmpty()) {
            return Position.State.STORE_AWAY;
        }
        if (full) {
            return Position.State.DEAD_LETTERS_FULL;
        }
        if (progress.failing()) {
            return Position.State.FAILING;
        }
        long alert = services.limits().lagAlert().toMillis();
        return oldestAt > 0 && services.now() - oldestAt > alert ? Position.State.LAGGING : Position.State.RUNNING;
    }

    Position position(DeliveryServices services, Pair pair, Definition definition, Progress progress, long latest) {
        Cursor cursor = progress.cursor();
        List<Position.Waiting> waiting = cursor.lanes().stream()
                .filter(lane -> lane.attempts() > 0)
                .sorted(Comparator.comparingLong(Cursor.Waiting::head))
                .map(lane -> new Position.Waiting(
                        lane.lane(),
                        lane.head(),
                        lane.attempts(),
                        Instant.ofEpochMilli(lane.nextAttempt()),
                        lane.problem()))
                .toList();
        long oldestAt = progress.oldestAt();
        String trouble = storeAway.isEmpty() ? problem : storeAway;
        return new Position(
                pair.account(),
                state(services, definition, progress, oldestAt),
                cursor.after(),
                cursor.read(),
                latest,
                waiting.subList(0, Math.min(waiting.size(), Position.WAITING_MAX)),
                waiting.size(),
                oldestAt == 0 ? null : Instant.ofEpochMilli(oldestAt),
                cursor.delivered(),
                cursor.deadLetters(),
                oldest,
                trouble.isEmpty() ? null : trouble);
    }
}
