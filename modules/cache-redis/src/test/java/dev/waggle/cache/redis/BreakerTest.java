package dev.waggle.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final Breaker breaker = new Breaker(3, Duration.ofNanos(100), now::get);

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(breaker.admits()).isTrue();
            breaker.failed();
        }
    }

    @Test
    void single_failures_change_nothing() {
        for (int i = 0; i < 10; i++) {
            fail(2);
            assertThat(breaker.succeeded()).isFalse();
        }
        assertThat(breaker.admits()).isTrue();
    }

    @Test
    void after_enough_of_them_one_call_in_each_pause_is_admitted() {
        fail(3);
        assertThat(breaker.admits()).isFalse();
        now.addAndGet(99);
        assertThat(breaker.admits()).isFalse();
        now.addAndGet(1);
        assertThat(breaker.admits()).isTrue();
        assertThat(breaker.admits()).isFalse();
        breaker.failed();
        assertThat(breaker.admits()).isFalse();
        now.addAndGet(100);
        assertThat(breaker.admits()).isTrue();
        assertThat(breaker.succeeded()).isTrue();
        assertThat(breaker.admits()).isTrue();
        assertThat(breaker.admits()).isTrue();
    }

    @Test
    void only_the_failure_that_begins_a_pause_says_so() {
        assertThat(breaker.failed()).isFalse();
        assertThat(breaker.failed()).isFalse();
        assertThat(breaker.failed()).isTrue();
        assertThat(breaker.failed()).isFalse();
    }
}
