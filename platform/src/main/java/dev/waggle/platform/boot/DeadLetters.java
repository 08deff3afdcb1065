package dev.waggle.platform.boot;

import dev.waggle.platform.account.AccountCommand;
import dev.waggle.platform.account.Answer;
import dev.waggle.platform.account.Refusal;
import dev.waggle.platform.account.connection.Belated;
import dev.waggle.platform.cluster.lease.Warden;
import dev.waggle.platform.port.Homeless;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.pekko.actor.ActorPath;
import org.apache.pekko.actor.ActorSelectionMessage;
import org.apache.pekko.actor.AllDeadLetters;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.Dropped;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;

/// Counts messages that reached nobody: each is a race that somebody forgot, or a mailbox that was full. None is
/// expected while a node works (rule D7). Answers to an actor that ended before they came are counted apart, and so
/// is word to it that something of it is done, or that its lease is: who asked is gone, so nothing is lost with
/// them. Timers that go off while their actor ends are not counted: what an actor wanted to do later it has done
/// when it was told to end, or will not do. What sharding gives up while its recipient moves is told again at its
/// next place, or its asker is answered here: nobody waits for it in vain. What reaches an owner after its lease
/// was over is the next owner's, and counted apart.
final class DeadLetters {
    /// As they read in `/metrics`: `waggle_dead_letters_total`, `waggle_late_answers_total`,
    /// `waggle_far_letters_total`, `waggle_moved_letters_total`, `waggle_returned_letters_total`,
    /// `waggle_fenced_letters_total`.
    static final String METER = "waggle.dead.letters";

    private static final String LATE_METER = "waggle.late.answers";
    /// What Pekko wraps the answer of an `ask` or a `pipeToSelf` in.
    private static final String ANSWER = "org.apache.pekko.actor.typed.internal.Adapt";

    /// What journals and snapshot stores answer with.
    private static final String STORED = "org.apache.pekko.persistence.";

    /// What Pekko sends an actor from its own timers.
    private static final Pattern TIMER =
            Pattern.compile("org\\.apache\\.pekko\\.actor\\.(typed\\.internal\\.)?TimerSchedulerImpl\\$.*");

    /// What the cluster says to nodes that it has not missed yet, what is said to actors there, what is published
    /// to the topic of a node that is ending or told of its subscribers, and what is left of connections that end
    /// with a node.
    private static final String FAR_METER = "waggle.far.letters";

    /// What reached a shard while it moved.
    private static final String AGAIN_METER = "waggle.moved.letters";

    /// What sharding gave up, and whose askers were told so.
    private static final String RETURNED_METER = "waggle.returned.letters";

    /// What reached an account that had lost its right to act.
    private static final String FENCED_METER = "waggle.fenced.letters";

    private static final Pattern CLUSTERS = Pattern.compile(
            "org\\.apache\\.pekko\\.(cluster|remote|io|actor\\.typed\\.internal\\.(pubsub|receptionist))\\..*");

    private static final long LOGGED_FIRST = 16;

    private final Counter lost;
    private final Counter late;
    private final Counter far;
    private final Counter again;
    private final Predicate<AllDeadLetters> toldAgain;
    private final Counter returned;
    private final Predicate<ActorPath> fencedOff;
    private final Counter fenced;
    private long count;

    private DeadLetters(MeterRegistry meters, Predicate<AllDeadLetters> toldAgain, Predicate<ActorPath> fencedOff) {
        this.toldAgain = toldAgain;
        this.fencedOff = fencedOff;
        lost = Counter.builder(METER)
                .description("Messages inside this node that reached nobody")
                .register(meters);
        late = Counter.builder(LATE_METER)
                .description("Answers to an actor that had ended")
                .register(meters);
        again = Counter.builder(AGAIN_METER)
                .description("Messages for an account that was moving, which were told again")
                .register(meters);
        far = Counter.builder(FAR_METER)
                .description("Messages for nodes that were gone")
                .register(meters);
        fenced = Counter.builder(FENCED_METER)
                .description("Messages for an account whose lease was over: the next owner hears it from the server")
                .register(meters);
        returned = Counter.builder(RETURNED_METER)
                .description("Messages for what was moving to another node: their askers were told to repeat")
                .register(meters);
    }

    /// @param toldAgain sees to it that somebody gets the message after all, or says that he cannot
    /// @param fencedOff whether an actor belongs to an owner that lost its right to act
    static Behavior<AllDeadLetters> create(
            MeterRegistry meters, Predicate<AllDeadLetters> toldAgain, Predicate<ActorPath> fencedOff) {
        return Behaviors.setup(context -> {
            // The classic stream subscribes at once: nothing is missed from here on.
            var events = Adapter.toClassic(context.getSystem()).eventStream();
            var self = Adapter.toClassic(context.getSelf());
            events.subscribe(self, DeadLetter.class);
            events.subscribe(self, Dropped.class);
            DeadLetters letters = new DeadLetters(meters, toldAgain, fencedOff);
            return Behaviors.receiveMessage(letter -> letters.counted(context, letter));
        });
    }

    private Behavior<AllDeadLetters> counted(ActorContext<AllDeadLetters> context, AllDeadLetters first) {
        AllDeadLetters letter = first;
        while (letter.message() instanceof AllDeadLetters inner) {
            letter = inner;
        }
        if (toldAgain.test(letter)) {
            again.increment();
            return Behaviors.same();
        }
        if (content(letter.message()) instanceof Homeless homeless) {
            homeless.givenUp();
            returned.increment();
            return Behaviors.same();
        }
        // Whoever is looked for by path is looked for by the cluster: this node names its actors.
        Object said = letter.message() instanceof ActorSelectionMessage sought ? sought.msg() : letter.message();
        String kind = said.getClass().getName();
        if (TIMER.matcher(kind).matches()) {
            return Behaviors.same();
        }
        if (kind.startsWith(ANSWER)
                || kind.startsWith(STORED)
                || letter.message() instanceof Answer<?>
                || letter.message() instanceof Belated
                || letter.message() instanceof Warden.Word) {
            late.increment();
            return Behaviors.same();
        }
        if (letter.recipient().path().address().hasGlobalScope()
                || CLUSTERS.matcher(kind).matches()) {
            far.increment();
            return Behaviors.same();
        }
        if (letter.message() instanceof AccountCommand command) {
            command.refuse(Refusal.of(Refusal.Code.JOURNAL_UNAVAILABLE, "the account ended before it came to this"));
        }
        if (fencedOff.test(letter.recipient().path())) {
            fenced.increment();
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

    private static Object content(Object message) {
        return message instanceof ShardingEnvelope<?> envelope ? envelope.message() : message;
    }
}
