package dev.waggle.platform.boot;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.pekko.actor.AllDeadLetters;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.Dropped;
import org.apache.pekko.actor.UnhandledMessage;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Counts messages between actors that reached nobody, were dropped from a full mailbox, or were not understood
/// (rule D7: there are none while nothing fails). Names classes only: a message may hold what people wrote.
final class DeadLetters {
    static final String METER = "waggle.dead.letters";

    private DeadLetters() {}

    static Behavior<AllDeadLetters> create(MeterRegistry meters) {
        Counter counter = Counter.builder(METER)
                .description("Messages between actors that reached nobody")
                .register(meters);
        return Behaviors.setup(context -> {
            var stream = context.getSystem().eventStream();
            stream.tell(new EventStream.Subscribe<>(
                    DeadLetter.class, context.getSelf().narrow()));
            stream.tell(
                    new EventStream.Subscribe<>(Dropped.class, context.getSelf().narrow()));
            stream.tell(new EventStream.Subscribe<>(
                    UnhandledMessage.class, context.getSelf().narrow()));
            return Behaviors.receiveMessage(letter -> {
                counter.increment();
                tell(context, letter);
                return Behaviors.same();
            });
        });
    }

    private static void tell(ActorContext<AllDeadLetters> context, AllDeadLetters letter) {
        context.getLog()
                .warn(
                        "{} of {} for {}",
                        letter.getClass().getSimpleName(),
                        letter.message().getClass().getName(),
                        letter.recipient().path().toStringWithoutAddress());
    }
}
