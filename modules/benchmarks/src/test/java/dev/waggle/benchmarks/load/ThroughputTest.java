package dev.waggle.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
class ThroughputTest {
    private static final StageSettings STAGE =
            new StageSettings("sqlite", false, true, List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"), Map.of());

    @Test
    void both_directions_get_their_figures(@TempDir Path directory) throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        List<Figure> figures;
        try (Stage stage = Stage.set(STAGE, directory, told::add)) {
            figures = new Throughput(new ThroughputSettings(2, 2, 1, 2), stage).run();
        }
        for (String direction : List.of("in", "out")) {
            assertThat(figures)
                    .filteredOn(figure -> figure.name().startsWith("throughput." + direction + "."))
                    .extracting(figure -> figure.name().substring("throughput.".length() + direction.length() + 1))
                    .containsExactly(
                            "per-cpu-second",
                            "per-second",
                            "cpu",
                            "simulator-cpu",
                            "accepted.p50",
                            "accepted.p99",
                            "accepted.max",
                            "told.p50",
                            "told.p99",
                            "told.max");
        }
        assertThat(figures).allMatch(figure -> figure.value() > 0);
        assertThat(told).noneMatch(line -> line.startsWith("violation"));
    }

    @Test
    void more_accounts_than_event_streams_are_refused() {
        assertThatThrownBy(() -> new ThroughputSettings(1_001, 1, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("accounts 1001");
    }

    @Test
    void spans_are_the_least_that_so_many_do_not_exceed() {
        Spans spans = Spans.of(List.of(4.0, 1.0, 3.0, 2.0));
        assertThat(spans.at(0.5)).isEqualTo(2.0);
        assertThat(spans.at(0.51)).isEqualTo(3.0);
        assertThat(spans.at(1)).isEqualTo(4.0);
        assertThat(Spans.of(List.of()).at(0.99)).isZero();
    }

    @Test
    void the_most_logins_in_a_span_are_counted() {
        Dials dials = new Dials(0, Spans.of(List.of(0.0, 10.0, 1_000.0, 1_005.0, 1_010.0, 2_100.0)));
        assertThat(dials.most(10)).isEqualTo(3);
        assertThat(dials.most(1_000)).isEqualTo(4);
        assertThat(dials.most(10_000)).isEqualTo(6);
    }
}
