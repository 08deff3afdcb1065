package dev.waggle.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/// Operations per second of processor time of the process, the compiler's threads left out and the garbage
/// collector's kept in: steady on a machine that is shared with others. Where `/proc` is not, wall time.
public final class ProcessorTime implements InternalProfiler {
    static final String LABEL = "processor";
    private static final Path THREADS = Path.of("/proc/self/task");
    private static final double SECOND = 1e9;

    private long begun;

    @Override
    public String getDescription() {
        return "operations per second of processor time";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        begun = spent();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double seconds = (spent() - begun) / SECOND;
        long operations = result.getMetadata().getAllOps();
        return List.of(new ScalarResult(LABEL, operations / seconds, Row.UNIT, AggregationPolicy.AVG));
    }

    private static long spent() {
        if (!Files.isDirectory(THREADS)) {
            return System.nanoTime();
        }
        long spent = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
            for (Path thread : threads) {
                spent += spent(thread);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return spent;
    }

    private static long spent(Path thread) throws IOException {
        try {
            String name = Files.readString(thread.resolve("comm"));
            if (name.startsWith("C1 Comp") || name.startsWith("C2 Comp")) {
                return 0;
            }
            String times = Files.readString(thread.resolve("schedstat"));
            return Long.parseLong(times.substring(0, times.indexOf(' ')));
        } catch (NoSuchFileException ended) {
            return 0;
        }
    }
}
