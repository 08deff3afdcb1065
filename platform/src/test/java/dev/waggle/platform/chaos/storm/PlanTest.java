package dev.waggle.platform.chaos.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static List<Strike> strikes(long seed, int many) {
        Plan plan = new Plan(new StormSettings(
                3,
                1,
                1,
                1,
                Duration.ofMinutes(1),
                many,
                List.of(Kind.values()),
                Duration.ofSeconds(2),
                Duration.ofSeconds(4),
                Duration.ofSeconds(60),
                40,
                seed,
                "",
                Map.of()));
        List<Strike> strikes = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            strikes.add(plan.next());
        }
        return strikes;
    }

    @Test
    void a_seed_draws_the_same_kinds_targets_and_times_again() {
        assertThat(strikes(7, 100)).isEqualTo(strikes(7, 100)).isNotEqualTo(strikes(8, 100));
    }

    @Test
    void each_kind_comes_once_before_any_comes_again() {
        int kinds = Kind.values().length;
        List<Strike> strikes = strikes(7, 20 * kinds);
        for (int round = 0; round < 20; round++) {
            assertThat(strikes.subList(round * kinds, (round + 1) * kinds))
                    .extracting(Strike::kind)
                    .containsExactlyInAnyOrder(Kind.values());
        }
        assertThat(strikes).anyMatch(strike -> strike.kind() == Kind.CLOCK_JUMP && strike.amount() == 3_600);
        assertThat(strikes)
                .anyMatch(
                        strike -> strike.kind() == Kind.FREEZE && strike.span().equals(Duration.ofSeconds(60)));
        assertThat(strikes)
                .filteredOn(strike -> strike.kind() == Kind.PARTED)
                .allMatch(strike -> strike.target() != strike.other());
    }
}
