package dev.waggle.benchmarks;

import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs benchmarks one after the other, each in a JVM of its own, and prints one line for each when it is done.
final class MicroBenchmarks {
    /// How long each benchmark takes: rounds of so many milliseconds.
    record Effort(int warmUps, int rounds, int millis) {
        static final Effort SHORT = new Effort(3, 5, 400);
        static final Effort LONG = new Effort(3, 5, 1_000);
    }

    private final PrintStream lines;
    private final PrintStream progress;

    MicroBenchmarks(PrintStream lines, PrintStream progress) {
        this.lines = lines;
        this.progress = progress;
    }

    /// The rows whose name has a match.
    static List<Row> matching(Pattern filter) {
        return Row.ALL.stream().filter(row -> filter.matcher(row.name()).find()).toList();
    }

    /// Prints as many lines as it was given rows; the value is the median of the rounds.
    ///
    /// @param profiler one of JMH's, whose findings go to the progress stream; empty for none
    /// @throws RunnerException when a benchmark cannot be run, or does not do its work
    void run(List<Row> rows, Effort effort, String profiler) throws RunnerException {
        int done = 0;
        for (Row row : rows) {
            progress.printf("%d/%d %s%n", ++done, rows.size(), row.name());
            lines.println(line(row, measured(row, effort, profiler)));
        }
    }

    private Collection<RunResult> measured(Row row, Effort effort, String profiler) throws RunnerException {
        TimeValue round = TimeValue.milliseconds(effort.millis());
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include('^' + Pattern.quote(row.benchmark()) + '$')
                .forks(1)
                .warmupIterations(effort.warmUps())
                .warmupTime(round)
                .measurementIterations(effort.rounds())
                .measurementTime(round)
                .addProfiler(ProcessorTime.class)
                .shouldFailOnError(true)
                .jvmArgsAppend("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC");
        VerboseMode verbosity = profiler.isEmpty() ? VerboseMode.SILENT : VerboseMode.NORMAL;
        if (!profiler.isEmpty()) {
            options.addProfiler(profiler);
        }
        return new Runner(options.build(), OutputFormatFactory.createFormatInstance(progress, verbosity)).run();
    }

    private static String line(Row row, Collection<RunResult> results) {
        Result<?> processor = results.iterator().next().getSecondaryResults().get(ProcessorTime.LABEL);
        double median = Objects.requireNonNull(processor, ProcessorTime.LABEL)
                .getStatistics()
                .getPercentile(50);
        return String.format(Locale.ROOT, "%s %.0f %s", row.name(), median, row.unit());
    }
}
