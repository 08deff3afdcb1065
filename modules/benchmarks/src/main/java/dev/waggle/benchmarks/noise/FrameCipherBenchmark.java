package dev.waggle.benchmarks.noise;

import dev.waggle.benchmarks.Sample;
import dev.waggle.noise.FrameCipher;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// One frame of 300 bytes: sealed; and sealed by one side and opened by the other, since a frame opens only once.
@State(Scope.Thread)
public class FrameCipherBenchmark {
    private final byte[] text = Sample.text();
    private final Line line = Line.open(Sample.random());
    /// Counts by itself: the other side of `line` would wait for frames that it never gets.
    private final FrameCipher sealing = Line.open(Sample.random()).client();

    @Setup
    public void check() {
        Sample.check(Arrays.equals(roundTrip(), text), "the text that was sealed");
        Sample.check(seal().length == Sample.TEXT_BYTES + FrameCipher.OVERHEAD, "a text with its tag");
    }

    @Benchmark
    public byte[] seal() {
        return sealing.seal(text);
    }

    @Benchmark
    public byte[] roundTrip() {
        return line.server().open(line.client().seal(text));
    }
}
