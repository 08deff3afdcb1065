package dev.waggle.platform.account.reception;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.platform.account.reception.Reception.Refusing;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// When an actor begins anew, and when it had better not.
class ReceptionTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final SupervisorStrategy AGAIN =
            SupervisorStrategy.restartWithBackoff(Duration.ofMillis(5), Duration.ofMillis(20), 0);
    /// So often the tenure is asked for while it is over.
    private static final int OVER = 4;

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    private static final class Refusals implements Refusing<String> {
        @Override
        public void refuse(String command, @Nullable Throwable why) {
            // Nobody waits here.
        }

        @Override
        public boolean last(String command) {
            return false;
        }
    }

    @Test
    void a_life_that_lost_its_tenure_is_followed_by_none_until_it_is_held_again() {
        TestProbe<Integer> begun = KIT.createTestProbe();
        AtomicInteger asked = new AtomicInteger();
        // Held by the first life until it hears something, then over for a while.
        Reception<String, String> reception = new Reception<>(
                String.class, String.class, new Refusals(), () -> asked.incrementAndGet() > OVER, absence -> {});
        Behavior<String> life = Behaviors.setup(_ -> {
            begun.ref().tell(asked.get());
            return Behaviors.receiveMessage(_ -> Behaviors.same());
        });

        ActorRef<String> actor = KIT.spawn(reception.before(life, AGAIN));
        assertThat(begun.receiveMessage()).as("the first life asks nobody").isZero();
        actor.tell("something");

        assertThat(begun.receiveMessage()).as("what the second one cost").isEqualTo(OVER + 1);
        begun.expectNoMessage(Duration.ofMillis(50));
    }
}
