package dev.waggle.signal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.signal.SignalException;
import dev.waggle.signal.message.PreKeyMessage;
import dev.waggle.signal.prekey.PreKeyBundle;
import dev.waggle.signal.prekey.PreKeyLookup;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionScenariosTest {
    private final Party alice = new Party();
    private final Party bob = new Party();

    @Test
    void the_first_messages_may_be_lost() {
        alice.start(bob.bundle());
        alice.send("lost");
        alice.send("lost too");
        var third = alice.send("third");
        assertThat(third.type()).isEqualTo(CiphertextType.PRE_KEY);
        bob.reads(third, "third");
        alice.reads(bob.send("answer"), "answer");
        assertThat(alice.send("settled").type()).isEqualTo(CiphertextType.WHISPER);
    }

    @Test
    void one_may_talk_for_long_without_an_answer() {
        alice.start(bob.bundle());
        for (int i = 0; i < 200; i++) {
            var sent = alice.send("m" + i);
            assertThat(sent.mustStoreFirst()).isEqualTo(i % 64 == 0);
            bob.reads(sent, "m" + i);
        }
    }

    @Test
    void a_session_may_be_started_without_a_one_time_key() {
        var bundle =
                PreKeyBundle.of(bob.local.registrationId(), bob.local.identity().publicKey(), bob.signed, null);
        alice.start(bundle);
        assertThat(bob.receive(alice.send("hello")))
                .isInstanceOfSatisfying(
                        DecryptOutcome.Plaintext.class,
                        read -> assertThat(read.consumedPreKeyId()).isEmpty());
        alice.reads(bob.send("hi"), "hi");
    }

    @Test
    void pre_key_messages_of_a_known_session_need_no_keys_any_more() {
        alice.start(bob.bundle());
        bob.reads(alice.send("one"), "one");
        bob.keys = PreKeyLookup.NONE;
        var two = alice.send("two");
        assertThat(Sessions.knows(
                        bob.record, PreKeyMessage.parse(two.ciphertext().toArray())))
                .isTrue();
        assertThat(bob.receive(two))
                .isInstanceOfSatisfying(
                        DecryptOutcome.Plaintext.class,
                        read -> assertThat(read.consumedPreKeyId()).isEmpty());
        assertThat(bob.live().archivedSessions()).isZero();
        assertThat(bob.receive(two)).isInstanceOf(DecryptOutcome.Duplicate.class);
    }

    @Test
    void keys_that_were_not_found_are_named() {
        alice.start(bob.bundle());
        var sent = alice.send("hello");
        bob.keys = PreKeyLookup.NONE;
        assertThat(bob.receive(sent)).isEqualTo(new DecryptOutcome.InvalidKeyId(bob.signed.id()));
        bob.keys = new PreKeyLookup(List.of(bob.signed), List.of());
        assertThat(bob.receive(sent)).isEqualTo(new DecryptOutcome.InvalidKeyId(bob.oneTime.id()));
        assertThat(bob.record).isNull();
    }

    @Test
    void a_message_of_no_session_is_named_so() {
        Party.meet(alice, bob);
        bob.record = null;
        assertThat(bob.receive(alice.send("hello"))).isEqualTo(new DecryptOutcome.NoSession());
    }

    @Test
    void both_may_begin_at_once_and_every_message_in_flight_is_read() {
        alice.start(bob.bundle());
        bob.start(alice.bundle());
        var fromAlice = List.of(alice.send("a0"), alice.send("a1"));
        var fromBob = List.of(bob.send("b0"), bob.send("b1"));
        for (int i = 0; i < 2; i++) {
            bob.reads(fromAlice.get(i), "a" + i);
            alice.reads(fromBob.get(i), "b" + i);
        }
        for (int i = 0; i < 30; i++) {
            var a = alice.send("a");
            var b = bob.send("b");
            bob.reads(a, "a");
            alice.reads(b, "b");
        }
        assertThat(alice.live().archivedSessions()).isLessThanOrEqualTo(1);
        assertThat(bob.live().archivedSessions()).isLessThanOrEqualTo(1);
    }

    @Test
    void another_identity_is_not_trusted_until_it_is_passed_as_the_known_one() {
        Party.meet(alice, bob);
        var reinstalled = new Party();
        reinstalled.start(bob.bundle());
        var sent = reinstalled.send("it is me");
        var before = bob.live();
        var newKey = reinstalled.local.identity().publicKey();
        assertThat(bob.receive(sent)).isEqualTo(new DecryptOutcome.UntrustedIdentity(newKey));
        assertThat(bob.live()).isEqualTo(before);
        bob.peer = Peer.known(newKey);
        bob.reads(sent, "it is me");
        assertThat(bob.receive(alice.send("old")))
                .isEqualTo(new DecryptOutcome.UntrustedIdentity(
                        alice.local.identity().publicKey()));
        assertThat(bob.live().remoteIdentity()).contains(newKey);
    }

    @Test
    void the_known_identity_counts_even_without_a_record() {
        alice.start(bob.bundle());
        bob.peer = Peer.known(bob.local.identity().publicKey());
        assertThat(bob.receive(alice.send("hello"))).isInstanceOf(DecryptOutcome.UntrustedIdentity.class);
    }

    @Test
    void a_forged_first_message_leaves_the_session_in_use_alone() {
        Party.meet(alice, bob);
        var before = bob.live();
        alice.record = null;
        alice.start(bob.bundle());
        var forged = alice.send("hello").ciphertext().toArray();
        var inner = PreKeyMessage.parse(forged).message().mac().toArray();
        int macAt = indexOf(forged, inner);
        forged[macAt] ^= 1;
        assertThat(bob.receive(CiphertextType.PRE_KEY, forged)).isEqualTo(new DecryptOutcome.BadMac());
        assertThat(bob.live()).isEqualTo(before);
    }

    private static int indexOf(byte[] whole, byte[] part) {
        for (int at = 0; at <= whole.length - part.length; at++) {
            if (Arrays.equals(whole, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        throw new AssertionError("not inside");
    }

    @Test
    void a_record_from_before_we_were_linked_anew_counts_as_none() {
        Party.meet(alice, bob);
        var relinked = new Party();
        relinked.record = bob.record;
        assertThat(relinked.receive(alice.send("hello"))).isEqualTo(new DecryptOutcome.NoSession());
    }

    @Test
    void other_versions_are_refused_by_name() {
        Party.meet(alice, bob);
        var message = alice.send("hello").ciphertext().toArray();
        message[0] = 0x44;
        assertThat(bob.receive(CiphertextType.WHISPER, message))
                .isEqualTo(new DecryptOutcome.InvalidMessage("msg version: 4 (expected: 3)"));
    }

    @Test
    void a_parked_record_goes_on_where_it_stood() {
        Party.meet(alice, bob);
        bob.reads(alice.send("one"), "one");
        var position = alice.live().sendingPosition().orElseThrow();
        alice.record =
                SessionRecord.parse(alice.live().parked().encode().toArray()).resume();
        assertThat(alice.live().sendingPosition().orElseThrow().counter()).isEqualTo(position.counter());
        assertThat(alice.live().covered()).isFalse();
        var sent = alice.send("two");
        assertThat(sent.mustStoreFirst()).isTrue();
        bob.reads(sent, "two");
    }

    @Test
    void a_crashed_record_goes_on_at_the_ceiling() {
        Party.meet(alice, bob);
        bob.reads(alice.send("one"), "one");
        alice.record = SessionRecord.parse(alice.live().encode().toArray()).resume();
        assertThat(alice.live().sendingPosition().orElseThrow().counter()).isEqualTo(64);
        bob.reads(alice.send("two"), "two");
    }

    @Test
    void out_of_a_backup_nothing_is_sent_until_the_other_side_turns() {
        Party.meet(alice, bob);
        bob.reads(alice.send("one"), "one");
        var onItsWay = bob.send("still read");
        alice.record = alice.live().droppedSendingChains();
        assertThat(alice.live().hasSession()).isFalse();
        assertThatThrownBy(() -> alice.send("no")).isInstanceOf(SignalException.class);
        alice.reads(onItsWay, "still read");
        assertThat(alice.live().hasSession()).isTrue();
        bob.reads(alice.send("again"), "again");
    }

    @Test
    void a_record_of_another_incarnation_of_the_store_counts_as_out_of_a_backup() {
        Party.meet(alice, bob);
        byte[] stored = alice.live().encode(5).toArray();
        assertThat(SessionRecord.load(stored, 5)).isEqualTo(alice.live().resume());
        assertThat(SessionRecord.load(stored, 6)).isEqualTo(alice.live().droppedSendingChains());
        assertThat(SessionRecord.load(alice.live().encode().toArray(), 6).hasSession())
                .isFalse();
        assertThat(SessionRecord.load(alice.live().encode().toArray(), 0).hasSession())
                .isTrue();
    }

    @Test
    void out_of_a_backup_with_a_chain_still_due_the_answer_to_what_was_sent_since_is_read() {
        Party.meet(alice, bob);
        alice.reads(bob.send("turn"), "turn");
        var backup = alice.live();
        bob.reads(alice.send("sent after the backup"), "sent after the backup");
        alice.record = SessionRecord.parse(backup.encode().toArray()).droppedSendingChains();
        assertThat(alice.live().hasSession()).isFalse();
        alice.reads(bob.send("answer"), "answer");
        bob.reads(alice.send("again"), "again");
    }

    @Test
    void an_archived_session_needs_a_bundle_and_still_reads() {
        Party.meet(alice, bob);
        alice.record = alice.live().withCurrentArchived();
        assertThat(alice.live().hasSession()).isFalse();
        assertThat(alice.live().aliceBaseKey()).isEmpty();
        alice.reads(bob.send("old"), "old");
        assertThat(alice.live().hasSession()).isTrue();
    }
}
