package dev.waggle.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.benchmarks.stage.Figures;
import dev.waggle.benchmarks.stage.Stage;
import dev.waggle.benchmarks.stage.StageSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// That it measures, not what comes out.
@Timeout(300)
class DensityTest {
    private static final StageSettings STAGE =
            new StageSettings("sqlite", true, true, List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"), Map.of());

    @Test
    void accounts_contacts_and_groups_each_get_a_figure(@TempDir Path directory) throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        List<Figure> figures;
        try (Stage stage = Stage.set(STAGE, directory, told::add)) {
            figures = new Density(new DensitySettings(3, 1, 1, 0), stage).run();
        }
        assertThat(figures)
                .extracting(Figure::name)
                .containsExactly(
                        "density.pairing",
                        "density.pairing.cpu",
                        "density.after-pairing.rss",
                        "density.after-pairing.rss-collected",
                        "density.after-pairing.heap",
                        "density.cold-start.first",
                        "density.cold-start.half",
                        "density.cold-start.all",
                        "density.cold-start.most-in-1s",
                        "density.cold-start.most-in-10s",
                        "density.cold-start.cpu",
                        "density.account.rss",
                        "density.account.rss-collected",
                        "density.account.heap",
                        "density.contact.rss",
                        "density.contact.rss-collected",
                        "density.contact.heap",
                        "density.group.rss",
                        "density.group.rss-collected",
                        "density.group.heap");
        assertThat(told).noneMatch(line -> line.startsWith("violation"));
        assertThat(figures.getFirst().value()).as("seconds of pairing").isPositive();
    }

    @Test
    void no_account_is_refused() {
        assertThatThrownBy(() -> new DensitySettings(0, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("accounts 0");
    }

    @Test
    void a_process_that_runs_has_memory_threads_and_time() throws Exception {
        Figures own = Figures.of(ProcessHandle.current().pid());
        assertThat(own.rssKib()).isGreaterThan(own.anonymousKib());
        assertThat(own.anonymousKib()).isGreaterThan(own.heapKib());
        assertThat(own.heapKib()).isPositive();
        assertThat(own.threads()).isGreaterThan(1);
        assertThat(own.cpuSeconds()).isPositive();
    }
}
