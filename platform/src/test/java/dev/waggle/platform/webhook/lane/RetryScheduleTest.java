package dev.waggle.platform.webhook.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private static final RetrySchedule SCHEDULE = new RetrySchedule(
            List.of(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofHours(1)), Duration.ofDays(4));

    private final Random random = new Random(5);

    @Test
    void each_failure_waits_for_the_later_half_of_its_step() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(SCHEDULE.after(2, Duration.ZERO, random).orElseThrow())
                    .isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1));
        }
    }

    @Test
    void after_the_last_step_there_is_none() {
        assertThat(SCHEDULE.after(3, Duration.ZERO, random)).isPresent();
        assertThat(SCHEDULE.after(4, Duration.ZERO, random)).isEmpty();
    }

    @Test
    void what_the_receiver_asks_for_is_waited_for_up_to_a_day() {
        assertThat(SCHEDULE.after(1, Duration.ofMinutes(7), random)).contains(Duration.ofMinutes(7));
        assertThat(SCHEDULE.after(1, Duration.ofDays(400), random)).contains(Duration.ofHours(24));
        assertThat(SCHEDULE.after(3, Duration.ofSeconds(1), random).orElseThrow())
                .isGreaterThanOrEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void a_store_that_fails_is_left_alone_longer_each_time_until_it_works() {
        Backoff backoff = new Backoff(random);
        assertThat(backoff.next()).isBetween(Duration.ofMillis(375), Duration.ofMillis(500));
        assertThat(backoff.next()).isBetween(Duration.ofMillis(750), Duration.ofMillis(1_000));
        for (int i = 0; i < 50; i++) {
            assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofSeconds(32));
        }
        backoff.worked();
        assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofMillis(500));
    }
}
