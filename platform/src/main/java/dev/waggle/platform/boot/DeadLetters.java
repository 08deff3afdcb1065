package dev.waggle.platform.boot;

import dev.waggle.platform.account.Answer;
import dev.waggle.platform.account.Refusal;
import dev.waggle.platform.cluster.Accounts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.regex.Pattern;
import org.apache.pekko.actor.AllDeadLetters;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.Dropped;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Counts messages that reached nobody: each is a race that somebody forgot, or a mailbox that was full. None is
/// expected while a node works (rule D7). What a region kept for a shard that moved is refused, and counted apart.
/// Answers to an actor that ended before they came are counted apart: who asked is gone, so nothing is lost with
/// them. Timers that go off while their actor ends are not counted: what an actor wanted to do later it has done
/// when it was told to end, or will not do.
final class DeadLetters {
    /// As they read in `/metrics`: `waggle_dead_letters_total`, `waggle_late_answers_total`,
    /// `waggle_far_letters_total`, `waggle_moved_letters_total`.
    static final String METER = "waggle.dead.letters";

    private static final String LATE_METER = "waggle.late.answers";
    /// What Pekko wraps the answer of an `ask` or a `pipeToSelf` in.
    private static final String ANSWER = "org.apache.pekko.actor.typed.internal.Adapt";

    /// What journals and snapshot stores answer with.
    private static final String STORED = "org.apache.pekko.persistence.";

    /// What Pekko sends an actor from its own timers, typed ones and those of its own rooms.
    private static final Pattern TIMERS =
            Pattern.compile("org\\.apache\\.pekko\\.actor\\.(typed\\.internal\\.)?TimerSchedulerImpl\\$\\w*TimerMsg");

    /// What the cluster says to nodes that it has not missed yet, and what is said to actors there.
    private static final String FAR_METER = "waggle.far.letters";

    /// What was kept for a shard that has no place and then got another one.
    private static final String MOVED_METER = "waggle.moved.letters";

    /// Why a region lets go of what it kept: whoever says more would be heard before it.
    private static final String HAND_OFF = "Avoiding reordering of buffered messages at shard handoff";

    private static final Pattern CLUSTERS = Pattern.compile("org\\.apache\\.pekko\\.(cluster|remote)\\..*");

    private static final long LOGGED_FIRST = 16;

    private final Counter lost;
    private final Counter late;
    private final Counter far;
    private final Counter moved;
    private long count;

    private DeadLetters(MeterRegistry meters) {
        lost = Counter.builder(METER)
                .description("Messages inside this node that reached nobody")
                .register(meters);
        late = Counter.builder(LATE_METER)
                .description("Answers to an actor that had ended")
                .register(meters);
        far = Counter.builder(FAR_METER)
                .description("Messages for nodes that were gone")
                .register(meters);
        moved = Counter.builder(MOVED_METER)
                .description("Messages for shards that were moving: refused, or said again in time")
                .register(meters);
    }

    static Behavior<AllDeadLetters> create(MeterRegistry meters) {
        return Behaviors.setup(context -> {
            // The classic stream subscribes at once: nothing is missed from here on.
            var events = Adapter.toClassic(context.getSystem()).eventStream();
            var self = Adapter.toClassic(context.getSelf());
            events.subscribe(self, DeadLetter.class);
            events.subscribe(self, Dropped.class);
            DeadLetters letters = new DeadLetters(meters);
            return Behaviors.receiveMessage(letter -> letters.counted(context, letter));
        });
    }

    /// Nobody has seen it, so whoever asks need not wait to ask again. What webhooks are told is said again every
    /// half minute.
    private static void refuse(Object message) {
        Refusal why = Refusal.of(Refusal.Code.JOURNAL_UNAVAILABLE, "the account moves to another node");
        switch (message) {
            case Accounts.Tell(var _, var command) -> command.refuse(why);
            case Accounts.Erase(var _, var replyTo) -> replyTo.tell(new Answer.Refused<>(why));
            case Accounts.Restart(var _, var replyTo) -> replyTo.tell(new Answer.Refused<>(why));
            default -> {
                // Nobody waits for it.
            }
        }
    }

    private Behavior<AllDeadLetters> counted(ActorContext<AllDeadLetters> context, AllDeadLetters letter) {
        if (letter.message() instanceof Dropped dropped && dropped.reason().equals(HAND_OFF)) {
            moved.increment();
            refuse(dropped.message());
            return Behaviors.same();
        }
        String kind = letter.message().getClass().getName();
        if (TIMERS.matcher(kind).matches()) {
            return Behaviors.same();
        }
        if (kind.startsWith(ANSWER) || kind.startsWith(STORED) || letter.message() instanceof Answer<?>) {
            late.increment();
            return Behaviors.same();
        }
        if (letter.recipient().path().address().hasGlobalScope()
                || CLUSTERS.matcher(kind).matches()) {
            far.increment();
            return Behaviors.same();
        }
        lost.increment();
        count++;
        // The first ones, then ever fewer: a storm of them must not become a storm of lines. Never the message itself.
        if (count <= LOGGED_FIRST || Long.bitCount(count) == 1) {
            context.getLog()
                    .warn(
                            "dead letter {}: {} to {}",
                            count,
                            letter.message().getClass().getName(),
                            letter.recipient().path());
        }
        return Behaviors.same();
    }
}
