package dev.waggle.signal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.Bytes;
import dev.waggle.signal.SignalException;
import dev.waggle.signal.message.PreKeyMessage;
import dev.waggle.signal.message.RatchetMessage;
import dev.waggle.signal.ratchet.SkippedKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SessionLimitsTest {
    private final Party alice = new Party();
    private final Party bob = new Party();

    private List<Encrypted> lost(int count) {
        var sent = new ArrayList<Encrypted>(count);
        for (int i = 0; i < count; i++) {
            sent.add(alice.send("lost"));
        }
        return sent;
    }

    @Test
    void two_thousand_may_be_passed_over_and_one_more_may_not() {
        Party.meet(alice, bob);
        lost(2_000);
        var reachable = alice.send("here");
        var beyond = alice.send("there");
        var before = bob.live();
        assertThat(bob.receive(beyond)).isEqualTo(new DecryptOutcome.TooFarAhead(2_001));
        assertThat(bob.live()).isEqualTo(before);
        bob.reads(reachable, "here");
        bob.reads(beyond, "there");
    }

    @Test
    void a_device_of_our_own_may_run_further_ahead_and_only_the_newest_keys_are_kept() {
        Party.meet(alice, bob);
        bob.peer = Peer.ownDevice(alice.local.identity().publicKey());
        var passed = lost(25_000);
        bob.reads(alice.send("here"), "here");
        int oldestKept = passed.size() - SkippedKeys.MAX;
        assertThat(bob.receive(passed.get(oldestKept - 1))).isInstanceOf(DecryptOutcome.Duplicate.class);
        bob.reads(passed.get(oldestKept), "lost");
        bob.reads(passed.getLast(), "lost");
        lost(25_001);
        assertThat(bob.receive(alice.send("far"))).isEqualTo(new DecryptOutcome.TooFarAhead(25_001));
    }

    @Test
    void skipped_keys_never_exceed_two_thousand_and_survive_a_store() {
        Party.meet(alice, bob);
        var old = lost(1_500);
        bob.reads(alice.send("a"), "a");
        lost(1_500);
        bob.reads(alice.send("b"), "b");
        bob.record = SessionRecord.parse(bob.live().encode().toArray()).resume();
        assertThat(bob.receive(old.get(999))).isInstanceOf(DecryptOutcome.Duplicate.class);
        bob.reads(old.get(1_000), "lost");
        assertThat(bob.live().encode().size()).isLessThan(SkippedKeys.MAX * 36);
    }

    @Test
    void five_chains_of_the_other_side_are_kept() {
        Party.meet(alice, bob);
        var late = new ArrayList<Encrypted>();
        for (int turn = 0; turn < 6; turn++) {
            late.add(alice.send("late" + turn));
            bob.reads(alice.send("a"), "a");
            alice.reads(bob.send("b"), "b");
        }
        assertThat(bob.receive(late.getFirst())).isInstanceOf(DecryptOutcome.BadMac.class);
        for (int turn = 1; turn < 6; turn++) {
            bob.reads(late.get(turn), "late" + turn);
        }
    }

    @Test
    void forty_earlier_sessions_are_kept_and_one_that_is_used_comes_back_into_use() {
        Party.meet(alice, bob);
        var first = alice.live();
        var underFirst = Sessions.encrypt(first, "first".getBytes(StandardCharsets.UTF_8));
        List<Encrypted> old = new ArrayList<>();
        for (int i = 0; i < SessionRecord.ARCHIVED_MAX; i++) {
            alice.record = null;
            alice.start(bob.bundle());
            bob.reads(alice.send("new"), "new");
            old.add(alice.send("old" + i));
        }
        assertThat(bob.live().archivedSessions()).isEqualTo(SessionRecord.ARCHIVED_MAX);
        bob.reads(underFirst, "first");
        assertThat(bob.live().archivedSessions()).isEqualTo(SessionRecord.ARCHIVED_MAX);
        assertThat(bob.live().aliceBaseKey()).isEqualTo(first.aliceBaseKey());
        alice.record = null;
        alice.start(bob.bundle());
        bob.reads(alice.send("newest"), "newest");
        assertThat(bob.live().archivedSessions()).isEqualTo(SessionRecord.ARCHIVED_MAX);
        assertThat(bob.receive(new Encrypted(bob.live(), CiphertextType.WHISPER, inner(old.getFirst()), false)))
                .isInstanceOf(DecryptOutcome.BadMac.class);
        bob.reads(old.get(1), "old1");
    }

    private static Bytes inner(Encrypted preKey) {
        var message = PreKeyMessage.parse(preKey.ciphertext().toArray()).message();
        return Bytes.wrap(
                RatchetMessage.signed(message.signed().toArray(), message.mac().toArray()));
    }

    @Test
    void a_record_of_a_thousand_turns_is_as_small_as_one_of_ten() {
        Party.meet(alice, bob);
        turns(10);
        int small = alice.live().encode().size();
        turns(1_000);
        assertThat(alice.live().encode().size())
                .isBetween(small - 16, small + 16)
                .isLessThan(1_024);
    }

    private void turns(int count) {
        for (int i = 0; i < count; i++) {
            bob.reads(alice.send("a"), "a");
            alice.reads(bob.send("b"), "b");
        }
    }

    @Test
    void a_ceiling_further_ahead_than_anyone_follows_is_damage() {
        Party.meet(alice, bob);
        alice.send("one");
        var state = Objects.requireNonNull(alice.live().current());
        var open = (Sending.Open) state.sending();
        assertThatThrownBy(
                        () -> new Sending.Open(open.ratchet(), open.chainKey(), 10, 10 + 2_001, open.previousCounter()))
                .isInstanceOf(SignalException.class);
        assertThatThrownBy(() -> new Sending.Open(open.ratchet(), open.chainKey(), 10, 9, 0))
                .isInstanceOf(SignalException.class);
    }
}
