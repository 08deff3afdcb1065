package dev.waggle.transport.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.transport.contract.RuntimeContract;
import dev.waggle.transport.contract.RuntimeThreadsContract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Both runtimes against the contract, and what the one that is turned by hand is for.
class RuntimesTest {
    @Nested
    class Threads extends RuntimeThreadsContract {
        @Override
        protected TaskRuntime open(int most) {
            return new ThreadRuntime(most);
        }
    }

    @Nested
    class ByHand extends RuntimeContract {
        private @Nullable ManualRuntime mine;

        @Override
        protected TaskRuntime open(int most) {
            mine = new ManualRuntime(most, Instant.EPOCH);
            return mine;
        }

        @Override
        protected void pass(Duration span) {
            Objects.requireNonNull(mine).advance(span);
        }
    }

    private final ManualRuntime runtime = new ManualRuntime(100, Instant.EPOCH);
    private final List<String> seen = new ArrayList<>();

    private void see(String what) {
        seen.add(what + " at " + runtime.clock().instant().getEpochSecond());
    }

    @Test
    void by_hand_everything_happens_in_one_order() {
        var _ = runtime.after(Duration.ofSeconds(7), "late", () -> see("late"));
        var _ = runtime.every(Duration.ofSeconds(3), "beat", () -> see("beat"));
        var _ = runtime.after(Duration.ofSeconds(3), "early", () -> {
            see("early");
            var _ = runtime.spawn("more", () -> seen.add("more"));
        });
        var _ = runtime.spawn("first", () -> seen.add("first"));
        assertThat(seen).isEmpty();
        runtime.advance(Duration.ofSeconds(7));
        assertThat(seen).containsExactly("first", "beat at 3", "early at 3", "more", "beat at 6", "late at 7");
        assertThat(runtime.clock().instant()).isEqualTo(Instant.EPOCH.plusSeconds(7));
        assertThat(runtime.waiting()).isEqualTo(1);
    }

    @Test
    void a_limit_that_was_kept_leaves_nothing_behind() {
        var _ = runtime.within(Duration.ofSeconds(1), java.util.concurrent.CompletableFuture.completedFuture("x"));
        assertThat(runtime.waiting()).isZero();
    }

    @Test
    void work_that_was_aborted_before_its_turn_never_runs() {
        Task<Boolean> task = runtime.spawn("work", () -> seen.add("ran"));
        task.abort();
        runtime.run();
        assertThat(seen).isEmpty();
    }

    @Test
    void steps_that_never_end_are_told() {
        again();
        assertThatThrownBy(runtime::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("an end");
    }

    private Void again() {
        var _ = runtime.spawn("again", this::again);
        return null;
    }
}
