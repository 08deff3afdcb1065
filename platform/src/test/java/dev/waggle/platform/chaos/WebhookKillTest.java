package dev.waggle.platform.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.simulator.Simulator;
import dev.waggle.simulator.SimulatorSettings;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A real node that is killed for real, a receiver that is slow, answers 500, hangs, is down and is killed in turn.
/// `-Dwaggle.webhook.run.messages=13500` is the long form: some 20,000 events (see docs/reliability.md).
class WebhookKillTest {
    private static final int MESSAGES = Integer.getInteger("waggle.webhook.run.messages", 600);

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void each_event_arrives_in_order_per_chat_whoever_is_killed() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorSettings.DEFAULT);
                WebhookRun run = new WebhookRun(simulator, MESSAGES)) {
            WebhookRun.Report report = run.run();
            System.out.println(report + " " + run.directory());
            assertThat(report.problems())
                    .as("%s, see %s", report, run.directory())
                    .isEmpty();
            assertThat(report.kills()).isEqualTo(5);
            assertThat(report.events()).isGreaterThanOrEqualTo(MESSAGES);
            assertThat(report.taken()).isGreaterThanOrEqualTo((int) report.events());
            // What is in memory does not grow with the events that passed or that wait.
            long start = report.heaps().getOrDefault("start", 0L);
            assertThat(report.heaps().values())
                    .allSatisfy(heap -> assertThat(heap).isLessThan(start * 11 / 10));
        }
    }
}
