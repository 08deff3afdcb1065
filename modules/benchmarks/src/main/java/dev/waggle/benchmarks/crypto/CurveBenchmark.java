package dev.waggle.benchmarks.crypto;

import dev.waggle.benchmarks.Sample;
import dev.waggle.crypto.KeyPair;
import java.security.SecureRandom;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// X25519: an agreement, and a key pair with its randomness.
@State(Scope.Thread)
public class CurveBenchmark {
    private final SecureRandom random = Sample.random();
    private final KeyPair ours = KeyPair.generate(random);
    private final KeyPair theirs = KeyPair.generate(random);

    @Setup
    public void check() {
        byte[] here = ours.agree(theirs.publicKey());
        Sample.check(Arrays.equals(here, theirs.agree(ours.publicKey())), "one secret on both sides");
    }

    @Benchmark
    public byte[] agree() {
        return ours.agree(theirs.publicKey());
    }

    @Benchmark
    public KeyPair generate() {
        return KeyPair.generate(random);
    }
}
