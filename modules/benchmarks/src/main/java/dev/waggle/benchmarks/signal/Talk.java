package dev.waggle.benchmarks.signal;

import dev.waggle.address.Bytes;
import dev.waggle.benchmarks.Sample;
import dev.waggle.signal.session.Encrypted;

/// Two parties whose session is answered: neither side sends pre-key messages any more.
final class Talk {
    final Party alice = new Party();
    final Party bob = new Party();
    final byte[] text = Sample.text();
    private boolean turn;

    Talk() {
        Encrypted first = alice.start(bob.bundle(), text);
        check(bob.answer(first));
        check(alice.decrypt(bob.encrypt(text)));
    }

    /// One message in the other direction than the last: each turns the ratchet.
    Bytes alternating() {
        turn = !turn;
        return turn ? bob.decrypt(alice.encrypt(text)) : alice.decrypt(bob.encrypt(text));
    }

    /// One more message in the same direction.
    Bytes oneWay() {
        return bob.decrypt(alice.encrypt(text));
    }

    void check(Bytes read) {
        Sample.check(read.equals(Bytes.of(text)), "the text that was sent");
    }
}
