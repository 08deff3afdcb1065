package dev.waggle.benchmarks;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The commands of `bin/waggle bench`.
@Command(
        name = "waggle bench",
        mixinStandardHelpOptions = true,
        description = "Measures what parts of Waggle cost on this machine.",
        subcommands = {Main.MicroCommand.class})
public final class Main implements Callable<Integer> {
    private Main() {}

    public static void main(String... arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() {
        CommandLine.usage(this, System.err);
        return 2;
    }

    /// Everything but help and lines goes to the error stream.
    @Command(
            name = "micro",
            mixinStandardHelpOptions = true,
            description = {
                "Benchmarks of the protocol rooms, each in a JVM of its own.",
                "Prints one line for each, `name value unit`; progress goes to the error stream.",
                "Operations per second of processor time, median of 5 rounds; about 2 minutes."
            })
    static final class MicroCommand implements Callable<Integer> {
        @Option(names = "--long", description = "Rounds of 1 s, as the comparison takes them; about 4 minutes.")
        private boolean thorough;

        @Option(names = "--filter", paramLabel = "REGEX", description = "Only names that have a match.")
        private String filter = "";

        @Option(
                names = "--profile",
                paramLabel = "NAME",
                description = "Adds a profiler of JMH (gc, stack) and shows what it finds on the error stream.")
        private String profiler = "";

        @Override
        public Integer call() {
            try {
                return run(MicroBenchmarks.matching(Pattern.compile(filter)));
            } catch (PatternSyntaxException e) {
                return failed("--filter: " + filter + " (expected: a regular expression)", 2);
            } catch (RunnerException e) {
                return failed(String.valueOf(e.getMessage()), 1);
            }
        }

        private int run(List<Row> rows) throws RunnerException {
            if (rows.isEmpty()) {
                String example = Row.ALL.getFirst().name();
                return failed("--filter: " + filter + " (expected: a match in a name such as " + example + ")", 2);
            }
            MicroBenchmarks.Effort effort = thorough ? MicroBenchmarks.Effort.LONG : MicroBenchmarks.Effort.SHORT;
            new MicroBenchmarks(System.out, System.err).run(rows, effort, profiler);
            return 0;
        }

        private static int failed(String why, int code) {
            System.err.println("bench: " + why);
            return code;
        }
    }
}
