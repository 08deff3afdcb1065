package dev.waggle.platform.cluster.lease;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.waggle.platform.cluster.lease.SplitLease.View;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.coordination.lease.LeaseSettings;
import org.apache.pekko.coordination.lease.javadsl.Lease;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// What becomes of a member to whom the lease of a split is refused.
class SplitLeaseTest {
    private static final ActorSystem SYSTEM = ActorSystem.create("splits", ConfigFactory.load());
    private static final LeaseSettings SETTINGS =
            LeaseSettings.apply(ConfigFactory.load().getConfig("waggle.store-lease"), "split", "node");
    private static final View PARTED = new View(Set.of("one", "three"), Set.of("one", "two", "three"));

    private final AtomicInteger looks = new AtomicInteger();

    @AfterAll
    static void stop() {
        SYSTEM.terminate();
    }

    private static final class Given extends Lease {
        private final CompletionStage<Boolean> answer;

        Given(CompletionStage<Boolean> answer) {
            this.answer = answer;
        }

        @Override
        public LeaseSettings getSettings() {
            return SETTINGS;
        }

        @Override
        public CompletionStage<Boolean> acquire() {
            return answer;
        }

        @Override
        public CompletionStage<Boolean> acquire(Consumer<Optional<Throwable>> lost) {
            return acquire();
        }

        @Override
        public CompletionStage<Boolean> release() {
            return CompletableFuture.completedStage(true);
        }

        @Override
        public boolean checkLease() {
            return false;
        }
    }

    private boolean asked(boolean answer, Duration heardMax, IntFunction<View> views) throws Exception {
        return asked(CompletableFuture.completedStage(answer), heardMax, views);
    }

    private boolean asked(CompletionStage<Boolean> answer, Duration heardMax, IntFunction<View> views)
            throws Exception {
        return new SplitLease(
                        SETTINGS, () -> new Given(answer), () -> views.apply(looks.getAndIncrement()), SYSTEM, heardMax)
                .acquire()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    @Test
    void who_gets_it_has_it_at_once() throws Exception {
        assertThat(asked(true, Duration.ofMinutes(1), look -> PARTED)).isTrue();
    }

    @Test
    void who_hears_that_those_who_were_lost_are_down_stays_as_if_it_had_it() throws Exception {
        View down = new View(Set.of("one", "three"), Set.of("two"));
        assertThat(asked(false, Duration.ofMinutes(1), look -> look < 3 ? PARTED : down))
                .isTrue();
    }

    @Test
    void who_has_no_answer_of_the_store_stays_when_what_it_wanted_was_decided() throws Exception {
        View down = new View(Set.of("one", "three"), Set.of("two"));
        CompletionStage<Boolean> away = CompletableFuture.failedStage(new TimeoutException("the store is busy"));
        assertThat(asked(away, Duration.ofMinutes(1), look -> look < 3 ? PARTED : down))
                .isTrue();
        looks.set(0);
        assertThat(asked(away, Duration.ofMillis(300), look -> PARTED)).isFalse();
    }

    @Test
    void who_hears_of_some_of_them_only_is_refused() throws Exception {
        View half = new View(Set.of("one", "three"), Set.of("two", "three"));
        assertThat(asked(false, Duration.ofMillis(300), look -> look < 2 ? PARTED : half))
                .isFalse();
    }

    @Test
    void who_reaches_them_again_is_refused_for_nobody_decided_about_them_here() throws Exception {
        View healed = new View(Set.of(), Set.of("one", "two", "three"));
        assertThat(asked(false, Duration.ofMillis(300), look -> look < 1 ? PARTED : healed))
                .isFalse();
        looks.set(1);
        assertThat(asked(false, Duration.ofMinutes(1), look -> healed))
                .as("nobody was lost")
                .isFalse();
    }
}
