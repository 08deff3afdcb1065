package dev.waggle.platform.account.projection;

import dev.waggle.proto.journal.Event;
import dev.waggle.storage.Batch;
import dev.waggle.storage.ProjectionStore;
import dev.waggle.storage.row.OutboundState;
import dev.waggle.storage.write.StoreWrite;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/// Follows one account's journal with the stores: one batch in flight, everything that came meanwhile in the next.
///
/// A store that is away stops the following, never the journal: the tail waits (the account limits it) and is tried
/// again with a growing delay. After a crash the account hands over the tail of its journal and what was applied is
/// skipped.
public final class Projection extends AbstractBehavior<Projection.Command> {
    private static final int EVENTS_MAX = 128;
    private static final int WRITES_MAX = 4_000;
    private static final int REMEMBERED_SENDS = 8_192;
    private static final Duration RETRY_FIRST = Duration.ofMillis(100);
    private static final Duration RETRY_MAX = Duration.ofSeconds(5);

    public sealed interface Command {}

    /// An event that the journal has, with its revision; revisions come in order, by ones.
    public record Follow(long revision, Event event) implements Command {}

    private record Marked(long applied) implements Command {}

    private record Stored(long revision, long lastSequence) implements Command {}

    private record Failed(Throwable why) implements Command {}

    private record Retry() implements Command {}

    public sealed interface Notice {}

    /// The stores stand at this revision; `lastSequence` is the last public event that can be read (0: none new).
    public record Applied(long revision, long lastSequence) implements Notice {}

    /// The stores cannot be written at the moment; `Applied` says when they can again.
    public record Stalled(String why) implements Notice {}

    private record Tail(long revision, Event event) {}

    private final ProjectionStore store;
    private final Consumer<Notice> owner;
    private final TimerScheduler<Command> timers;
    private final Deque<Tail> tail = new ArrayDeque<>();
    private final Map<String, OutboundState> furthest = new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, OutboundState> eldest) {
            return size() > REMEMBERED_SENDS;
        }
    };
    private long applied = -1;
    private @Nullable Batch inFlight;
    private long inFlightSequence;
    private Duration delay = RETRY_FIRST;

    public static Behavior<Command> create(ProjectionStore store, Consumer<Notice> owner) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new Projection(context, timers, store, owner)));
    }

    private Projection(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            ProjectionStore store,
            Consumer<Notice> owner) {
        super(context);
        this.store = store;
        this.owner = owner;
        this.timers = timers;
        askMark();
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::onMessage).build();
    }

    private Behavior<Command> onMessage(Command message) {
        switch (message) {
            case Follow(var revision, var event) -> {
                if (revision > applied) {
                    tail.add(new Tail(revision, event));
                }
                next();
            }
            case Marked(var mark) -> onMarked(mark);
            case Stored(var revision, var lastSequence) -> onStored(revision, lastSequence);
            case Failed(var why) -> onFailed(why);
            case Retry() -> {
                if (applied < 0) {
                    askMark();
                } else {
                    submit();
                }
            }
        }
        return this;
    }

    private void askMark() {
        getContext()
                .pipeToSelf(
                        store.appliedSequence(),
                        (mark, failure) -> failure == null ? new Marked(mark) : new Failed(failure));
    }

    private void onMarked(long mark) {
        applied = mark;
        delay = RETRY_FIRST;
        tail.removeIf(event -> event.revision() <= mark);
        owner.accept(new Applied(mark, 0));
        next();
    }

    private void onStored(long revision, long lastSequence) {
        applied = revision;
        inFlight = null;
        delay = RETRY_FIRST;
        owner.accept(new Applied(revision, lastSequence));
        next();
    }

    private void onFailed(Throwable why) {
        Throwable cause = why.getCause() == null ? why : why.getCause();
        getContext()
                .getLog()
                .warn("stores cannot follow at {}: {}; trying again in {}", applied, cause.toString(), delay);
        owner.accept(new Stalled(String.valueOf(cause.getMessage())));
        timers.startSingleTimer(new Retry(), delay);
        Duration doubled = delay.multipliedBy(2);
        delay = doubled.compareTo(RETRY_MAX) > 0 ? RETRY_MAX : doubled;
    }

    private void next() {
        if (applied < 0 || inFlight != null || tail.isEmpty()) {
            return;
        }
        List<StoreWrite> writes = new ArrayList<>();
        long revision = applied;
        inFlightSequence = 0;
        for (int events = 0; events < EVENTS_MAX && writes.size() < WRITES_MAX && !tail.isEmpty(); events++) {
            Tail event = tail.poll();
            writes.addAll(StoreWrites.of(event.event(), event.revision(), furthest));
            revision = event.revision();
            int published = event.event().getPublishedCount();
            if (published > 0) {
                inFlightSequence = event.event().getPublished(published - 1).getSequence();
            }
        }
        inFlight = new Batch(revision, writes);
        submit();
    }

    private void submit() {
        Batch batch = inFlight;
        if (batch == null) {
            return;
        }
        long sequence = inFlightSequence;
        getContext()
                .pipeToSelf(
                        store.apply(batch),
                        (_, failure) -> failure == null ? new Stored(batch.sequence(), sequence) : new Failed(failure));
    }
}
