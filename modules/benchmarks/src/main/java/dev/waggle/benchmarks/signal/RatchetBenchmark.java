package dev.waggle.benchmarks.signal;

import dev.waggle.address.Bytes;
import dev.waggle.benchmarks.Sample;
import dev.waggle.signal.session.Encrypted;
import dev.waggle.signal.session.SessionRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// Messages of 300 bytes between two parties.
///
/// A round trip goes on from record to record, as a conversation does. The halves take one step of it again and
/// again from the same record, which values allow.
@State(Scope.Thread)
public class RatchetBenchmark {
    private final Talk talk = new Talk();
    private final Talk halves = new Talk();
    /// Alice is to send on a chain that she has not computed yet.
    private final SessionRecord atTurn = halves.alice.required();
    /// Turns Bob's ratchet, whose record is from before.
    private final Encrypted turning = halves.alice.encrypt(halves.text);
    private final SessionRecord beforeTurn = halves.bob.required();
    private final SessionRecord sending;
    private final SessionRecord receiving;
    private final Encrypted following;

    public RatchetBenchmark() {
        halves.check(halves.bob.decrypt(turning));
        receiving = halves.bob.required();
        sending = halves.alice.required();
        following = halves.alice.encrypt(halves.text);
    }

    @Setup
    public void check() {
        for (int i = 0; i < 4; i++) {
            talk.check(talk.alternating());
        }
        Sample.check(!talk.bob.required().equals(beforeTurn), "records that go on");
        talk.check(talk.oneWay());
        halves.check(alternatingDecrypt());
        halves.check(oneWayDecrypt());
        halves.bob.rewind(beforeTurn);
        halves.check(halves.bob.decrypt(alternatingEncrypt()));
        halves.check(halves.bob.decrypt(oneWayEncrypt()));
    }

    @Benchmark
    public Bytes alternatingRoundTrip() {
        return talk.alternating();
    }

    @Benchmark
    public Encrypted alternatingEncrypt() {
        halves.alice.rewind(atTurn);
        return halves.alice.encrypt(halves.text);
    }

    @Benchmark
    public Bytes alternatingDecrypt() {
        halves.bob.rewind(beforeTurn);
        return halves.bob.decrypt(turning);
    }

    @Benchmark
    public Bytes oneWayRoundTrip() {
        return talk.oneWay();
    }

    @Benchmark
    public Encrypted oneWayEncrypt() {
        halves.alice.rewind(sending);
        return halves.alice.encrypt(halves.text);
    }

    @Benchmark
    public Bytes oneWayDecrypt() {
        halves.bob.rewind(receiving);
        return halves.bob.decrypt(following);
    }
}
