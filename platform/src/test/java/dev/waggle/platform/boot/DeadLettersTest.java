package dev.waggle.platform.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    private final ActorTestKit kit = ActorTestKit.create();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    private record Secret(String text) {}

    @Test
    void what_reaches_nobody_or_is_not_understood_is_counted_and_its_content_is_not_told() {
        kit.spawn(DeadLetters.create(meters), "dead-letters");
        ActorRef<Secret> gone = kit.spawn(Behaviors.<Secret>receiveMessage(_ -> Behaviors.unhandled()));
        LoggingTestKit.warn("UnhandledMessage of ").expect(kit.system(), () -> {
            // The subscription may still be on its way: it is asked for until it is there.
            kit.createTestProbe().awaitAssert(Duration.ofSeconds(10), () -> {
                gone.tell(new Secret("of what people wrote"));
                assertThat(count()).isPositive();
                return 0;
            });
            return 0;
        });
        kit.stop(gone);
        double before = count();
        LoggingTestKit.warn("DeadLetter of ")
                .withCustom(event -> !event.message().contains("people wrote"))
                .expect(kit.system(), () -> {
                    gone.tell(new Secret("of what people wrote"));
                    return 0;
                });
        kit.createTestProbe().awaitAssert(Duration.ofSeconds(10), () -> {
            assertThat(count()).isGreaterThan(before);
            return 0;
        });
    }

    private double count() {
        Counter counter = meters.find(DeadLetters.METER).counter();
        return counter == null ? 0 : counter.count();
    }
}
