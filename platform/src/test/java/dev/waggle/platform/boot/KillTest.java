package dev.waggle.platform.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.platform.chaos.ChaosReport;
import dev.waggle.platform.chaos.ChaosRun;
import dev.waggle.platform.chaos.ChaosSettings;
import dev.waggle.simulator.Simulator;
import dev.waggle.simulator.SimulatorSettings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The short form of `waggle chaos`: a real process, killed for real. `-Dwaggle.chaos.seed=N` repeats the moments.
class KillTest {
    private static final long SEED = Long.getLong("waggle.chaos.seed", System.nanoTime() % 1_000_000);

    private static void tell(String line) {
        System.out.println(line);
    }

    private static void holds(ChaosSettings settings) throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT);
                ChaosRun run = new ChaosRun(settings, ChaosCommand.surroundings(simulator), KillTest::tell)) {
            ChaosReport report = run.run();
            tell(report.toString());
            assertThat(report.stalled())
                    .as("%s, log in %s", report, run.directory())
                    .isEmpty();
            assertThat(report.violations())
                    .as("%s, log in %s", report, run.directory())
                    .isEmpty();
            assertThat(report.sends()).isGreaterThanOrEqualTo(settings.messages() / 2);
            assertThat(report.said()).isGreaterThanOrEqualTo(settings.messages() / 2);
            assertThat(report.failpoints()).containsExactlyInAnyOrderElementsOf(settings.failpoints());
            assertThat(report.kills()).isGreaterThanOrEqualTo(settings.kills());
        }
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void a_node_that_is_killed_at_random_moments_loses_and_doubles_nothing() throws Exception {
        holds(new ChaosSettings(200, 2, 3, List.of(), SEED, Map.of("waggle.account.snapshot-every", "50")));
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void a_node_that_ends_at_each_named_point_loses_and_doubles_nothing() throws Exception {
        holds(new ChaosSettings(140, 2, 0, ChaosCommand.POINTS, SEED, Map.of()));
    }
}
