package dev.waggle.benchmarks.signal;

import dev.waggle.address.Bytes;
import dev.waggle.benchmarks.Sample;
import dev.waggle.signal.group.GroupOutcome;
import dev.waggle.signal.group.SenderKeyRecord;
import dev.waggle.signal.group.SenderKeys;
import java.security.SecureRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Messages of 300 bytes to a group: signed by the sender, verified by the reader.
@State(Scope.Thread)
public class SenderKeyBenchmark {
    private final SecureRandom random = Sample.random();
    private final byte[] text = Sample.text();
    private SenderKeyRecord own = SenderKeys.create(random);
    private SenderKeyRecord theirs =
            SenderKeys.process(null, SenderKeys.distribution(own).unsafeArray());
    private final SenderKeyRecord firstOwn = own;
    private final SenderKeyRecord firstTheirs = theirs;
    private final Bytes first = SenderKeys.encrypt(firstOwn, text, random).ciphertext();

    @Setup
    public void check() {
        check(decrypt());
        check(roundTrip());
        check(roundTrip());
        check(read(SenderKeys.decrypt(firstTheirs, encrypt().ciphertext().unsafeArray())));
    }

    private void check(GroupOutcome.Plaintext read) {
        Sample.check(read.plaintext().equals(Bytes.of(text)), "the text that was sent");
    }

    @Benchmark
    public SenderKeys.Encrypted encrypt() {
        return SenderKeys.encrypt(firstOwn, text, random);
    }

    @Benchmark
    public GroupOutcome.Plaintext decrypt() {
        return read(SenderKeys.decrypt(firstTheirs, first.unsafeArray()));
    }

    @Benchmark
    public GroupOutcome.Plaintext roundTrip() {
        SenderKeys.Encrypted encrypted = SenderKeys.encrypt(own, text, random);
        own = encrypted.next();
        GroupOutcome.Plaintext read =
                read(SenderKeys.decrypt(theirs, encrypted.ciphertext().unsafeArray()));
        theirs = read.next();
        return read;
    }

    private static GroupOutcome.Plaintext read(GroupOutcome outcome) {
        if (!(outcome instanceof GroupOutcome.Plaintext plaintext)) {
            throw new IllegalStateException("outcome: " + outcome + " (expected: a text)");
        }
        return plaintext;
    }
}
