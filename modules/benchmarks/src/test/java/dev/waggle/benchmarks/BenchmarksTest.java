package dev.waggle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

class BenchmarksTest {
    /// In this JVM, one call each: that they work, not how fast.
    @Test
    void every_benchmark_does_its_work_and_has_a_row() throws RunnerException {
        var results = new Runner(new OptionsBuilder()
                        .include(Pattern.quote(Row.class.getPackageName() + '.'))
                        .mode(Mode.SingleShotTime)
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        assertThat(results)
                .extracting(result -> result.getParams().getBenchmark())
                .containsExactlyInAnyOrderElementsOf(
                        Row.ALL.stream().map(Row::benchmark).toList());
    }

    @Test
    void row_names_are_unique_and_have_no_blanks() {
        List<String> names = Row.ALL.stream().map(Row::name).toList();
        assertThat(new TreeSet<>(names)).hasSameSizeAs(names);
        assertThat(names)
                .allMatch(name -> name.startsWith("ours.") && name.strip().indexOf(' ') < 0);
    }

    @Test
    void a_filter_matches_anywhere_in_a_name() {
        assertThat(MicroBenchmarks.matching(Pattern.compile("codec\\.decode")))
                .extracting(Row::name)
                .containsExactly(
                        "ours.codec.decode.receipt", "ours.codec.decode.message", "ours.codec.decode.group500");
        assertThat(MicroBenchmarks.matching(Pattern.compile(""))).hasSameSizeAs(Row.ALL);
        assertThat(MicroBenchmarks.matching(Pattern.compile("nothing"))).isEmpty();
    }
}
