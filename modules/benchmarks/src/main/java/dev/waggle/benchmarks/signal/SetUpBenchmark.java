package dev.waggle.benchmarks.signal;

import dev.waggle.address.Bytes;
import dev.waggle.benchmarks.Sample;
import dev.waggle.signal.prekey.PreKeyBundle;
import dev.waggle.signal.session.CiphertextType;
import dev.waggle.signal.session.Encrypted;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// The start of a session (X3DH with a one-time key), signature checked, first message of 300 bytes included: what
/// is put off until something is sent is paid here.
@State(Scope.Thread)
public class SetUpBenchmark {
    private final Party alice = new Party();
    private final Party bob = new Party();
    private final PreKeyBundle bundle = bob.bundle();
    private final byte[] text = Sample.text();
    private final Encrypted first = alice.start(bundle, text);

    @Setup
    public void check() {
        Encrypted another = initiate();
        Sample.check(another.type() == CiphertextType.PRE_KEY, "a first message");
        Sample.check(!another.ciphertext().equals(first.ciphertext()), "a new session each time");
        Sample.check(bob.answer(another).equals(Bytes.of(text)), "the text that was sent");
    }

    @Benchmark
    public Encrypted initiate() {
        return alice.start(bundle, text);
    }

    @Benchmark
    public Bytes respond() {
        return bob.answer(first);
    }
}
