package dev.waggle.platform.cluster.lease;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/// Takes the lease of each shard that has something in it here, and gives it back when the shard has ended:
/// sharding itself would keep it for as long as the node lives.
public final class Warden extends AbstractBehavior<Warden.Command> {
    /// An owner that leaves gives its lease back within moments; one that is gone keeps it until it is over. When
    /// many shards move at once, all of them ask, while the store has more to do than ever.
    private static final Duration SOON = Duration.ofMillis(100);

    private static final Duration LATER = Duration.ofMillis(500);
    private static final int LOGGED_AFTER = 40;
    /// So many questions are under way at once.
    private static final int ASKING_MAX = 8;

    public sealed interface Command {}

    /// Somebody is in the shard from now on, until he ends. He is told whenever its lease is taken or lost.
    ///
    /// @param place the shard, which ends after all who are in it
    /// @param words where he hears it
    public record Enter(String shard, ActorRef<?> place, ActorRef<?> guest, ActorRef<Word> words) implements Command {}

    private record Answered(
            String shard, boolean taken, @Nullable Throwable failure) implements Command {}

    private record Ask(String shard) implements Command {}

    private record Over(String shard) implements Command {}

    private record GivenBack(String shard) implements Command {}

    /// What those in a shard are told.
    public enum Word {
        HELD,
        LOST
    }

    private enum Stage {
        ASKING,
        HELD,
        RETURNING
    }

    private static final class Watch {
        final Map<ActorRef<?>, ActorRef<Word>> guests = new HashMap<>();
        Stage stage = Stage.ASKING;
        int tries;
        /// Null: the shard has ended.
        @Nullable
        ActorRef<?> place;
    }

    private final TimerScheduler<Command> timers;
    private final Tenures tenures;
    /// Shards whose turn to ask has not come.
    private final SequencedSet<String> waiting = new LinkedHashSet<>();
    private int asking;
    private final Map<String, Watch> watches = new HashMap<>();
    private final Map<ActorRef<?>, String> shards = new HashMap<>();

    public static Behavior<Command> create(Tenures tenures) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new Warden(context, timers, tenures)));
    }

    private Warden(ActorContext<Command> context, TimerScheduler<Command> timers, Tenures tenures) {
        super(context);
        this.timers = timers;
        this.tenures = tenures;
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onAnyMessage(this::onMessage)
                .onSignal(Terminated.class, over -> ended(over.getRef()))
                .build();
    }

    private Behavior<Command> onMessage(Command message) {
        switch (message) {
            case Enter enter -> enter(enter.shard(), enter);
            case Answered(var shard, var taken, var failure) -> answered(shard, taken, failure);
            case Ask(var shard) -> ask(shard);
            case Over(var shard) -> over(shard);
            case GivenBack(var shard) -> givenBack(shard);
        }
        return this;
    }

    private void enter(String shard, Enter enter) {
        ActorRef<?> place = enter.place();
        boolean begins = !watches.containsKey(shard);
        Watch watch = watches.computeIfAbsent(shard, _ -> new Watch());
        if (!place.equals(watch.place)) {
            watch.place = place;
            shards.put(place, shard);
            getContext().watch(place);
        }
        watch.guests.put(enter.guest(), enter.words());
        shards.put(enter.guest(), shard);
        getContext().watch(enter.guest());
        if (watch.stage == Stage.HELD) {
            enter.words().tell(Word.HELD);
        } else if (begins) {
            ask(shard);
        }
    }

    private void ask(String shard) {
        if (asking == ASKING_MAX) {
            waiting.add(shard);
            return;
        }
        asking++;
        ActorRef<Command> self = getContext().getSelf();
        getContext()
                .pipeToSelf(
                        tenures.acquire(shard, why -> self.tell(new Over(shard))),
                        (taken, failure) -> new Answered(shard, taken != null && taken, failure));
    }

    private void answered(String shard, boolean taken, @Nullable Throwable failure) {
        asking--;
        if (!waiting.isEmpty()) {
            ask(waiting.removeFirst());
        }
        Watch watch = watches.get(shard);
        if (watch == null) {
            return;
        }
        if (watch.place == null) {
            giveBack(shard, watch);
        } else if (taken) {
            watch.stage = Stage.HELD;
            watch.tries = 0;
            watch.guests.values().forEach(words -> words.tell(Word.HELD));
        } else {
            if (watch.tries++ == LOGGED_AFTER) {
                getContext().getLog().info("{}: waiting for its lease, {}", shard, failure == null ? "taken" : failure);
            }
            Duration pause = SOON.multipliedBy(watch.tries);
            timers.startSingleTimer(
                    shard, new Ask(shard), failure == null && pause.compareTo(LATER) < 0 ? pause : LATER);
        }
    }

    private void over(String shard) {
        Watch watch = watches.get(shard);
        if (watch != null && watch.stage == Stage.HELD) {
            watch.stage = Stage.ASKING;
            watch.guests.values().forEach(words -> words.tell(Word.LOST));
            ask(shard);
        }
    }

    private Behavior<Command> ended(ActorRef<?> actor) {
        String shard = shards.remove(actor);
        Watch watch = shard == null ? null : watches.get(shard);
        if (shard == null || watch == null) {
            return this;
        }
        watch.guests.remove(actor);
        if (actor.equals(watch.place)) {
            watch.place = null;
            if (watch.stage == Stage.HELD || timers.isTimerActive(shard) || waiting.remove(shard)) {
                giveBack(shard, watch);
            }
        }
        return this;
    }

    private void giveBack(String shard, Watch watch) {
        timers.cancel(shard);
        watch.stage = Stage.RETURNING;
        getContext().pipeToSelf(tenures.release(shard), (_, _) -> new GivenBack(shard));
    }

    /// A release that failed is over by its time.
    private void givenBack(String shard) {
        Watch watch = watches.get(shard);
        if (watch != null && watch.place == null) {
            watches.remove(shard);
        } else if (watch != null) {
            watch.stage = Stage.ASKING;
            watch.tries = 0;
            ask(shard);
        }
    }
}
