package dev.waggle.platform.boot.ending;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/// What becomes of a process whose node has ended while something holds the process up.
class LastResortTest {
    @Test
    void it_is_halted_although_the_actor_system_never_says_that_it_has_ended() throws Exception {
        ActorSystem<Void> system = ActorSystem.create(
                Behaviors.empty(),
                "ending",
                ConfigFactory.parseString("pekko.loglevel = OFF").withFallback(ConfigFactory.load()));
        CountDownLatch halted = new CountDownLatch(1);
        LastResort.over(system, Duration.ofMillis(50), halted::countDown);
        CountDownLatch held = new CountDownLatch(1);
        system.classicSystem().registerOnTermination(() -> {
            try {
                held.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        system.terminate();
        assertThat(halted.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(system.getWhenTerminated().toCompletableFuture()).isNotDone();
        held.countDown();
        system.getWhenTerminated().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
