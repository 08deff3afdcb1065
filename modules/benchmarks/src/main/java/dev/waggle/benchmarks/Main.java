package dev.waggle.benchmarks;

import dev.waggle.benchmarks.load.DensityCommand;
import dev.waggle.benchmarks.load.FailoverCommand;
import dev.waggle.benchmarks.load.ThroughputCommand;
import dev.waggle.benchmarks.stores.StoreBenchmarks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
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
        subcommands = {
            Main.MicroCommand.class,
            Main.StoresCommand.class,
            DensityCommand.class,
            ThroughputCommand.class,
            FailoverCommand.class
        })
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

    /// Where it writes is for a person to choose: what a durable write costs is the disk's.
    @Command(
            name = "stores",
            mixinStandardHelpOptions = true,
            description = {
                "Store calls per second, per backend: memory, and sqlite plain and sealed, with 1, 16 and 128 accounts.",
                "Prints one line for each, `name value unit`; about a minute and a half."
            })
    static final class StoresCommand implements Callable<Integer> {
        @Option(names = "--seconds", paramLabel = "N", description = "Per line; default 2.")
        private int seconds = 2;

        @Option(
                names = "--dir",
                paramLabel = "DIR",
                description = "On the disk to be measured; default: a temporary one.")
        private String directory = System.getProperty("java.io.tmpdir", ".");

        @Override
        public Integer call() throws IOException {
            StoreBenchmarks benchmarks = new StoreBenchmarks(
                    Duration.ofSeconds(seconds),
                    (name, perSecond) -> System.out.printf(Locale.ROOT, "%s %.0f calls/s%n", name, perSecond));
            List<Integer> accounts = List.of(1, 16, 128);
            Path under = Path.of(directory);
            benchmarks.run("memory", false, under, accounts);
            benchmarks.run("sqlite", false, Files.createTempDirectory(under, "waggle-bench"), accounts);
            benchmarks.run("sqlite", true, Files.createTempDirectory(under, "waggle-bench"), accounts);
            return 0;
        }
    }
}
