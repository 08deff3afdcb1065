package dev.waggle.platform.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.platform.chaos.storm.Kind;
import dev.waggle.platform.chaos.storm.Storm;
import dev.waggle.platform.chaos.storm.StormReport;
import dev.waggle.platform.chaos.storm.StormSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The short form of `waggle chaos --nodes 3`: twenty faults of every kind. `-Dwaggle.chaos.seed=N` repeats them.
class StormTest {
    private static final long SEED = Long.getLong("waggle.chaos.seed", System.nanoTime() % 1_000_000);

    private static void tell(String line) {
        System.out.println(line);
    }

    @Test
    @Timeout(1_200)
    void twenty_faults_of_every_kind_lose_and_double_nothing() throws Exception {
        StormSettings settings = new StormSettings(
                3,
                1,
                4,
                8,
                Duration.ofMinutes(10),
                20,
                List.of(Kind.values()),
                Duration.ofMillis(500),
                Duration.ofMillis(1_500),
                Duration.ofSeconds(12),
                15,
                SEED,
                Main.class.getName(),
                Map.of());
        try (Storm storm = Storm.over(settings, StormTest::tell)) {
            StormReport report = storm.run();
            tell(report.markdown());
            assertThat(report.stalled())
                    .as("%s, logs in %s", report, storm.directory())
                    .isEmpty();
            assertThat(report.violations())
                    .as("%s, logs in %s", report, storm.directory())
                    .isEmpty();
            assertThat(report.missedPlants()).isEmpty();
            assertThat(report.strikes()).hasSizeGreaterThanOrEqualTo(20);
            assertThat(report.sends()).isPositive();
            assertThat(report.said()).isPositive();
        }
    }
}
