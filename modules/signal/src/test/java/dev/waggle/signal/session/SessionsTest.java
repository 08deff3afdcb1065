package dev.waggle.signal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.KeyPair;
import dev.waggle.signal.SignalException;
import dev.waggle.signal.identity.LocalIdentity;
import dev.waggle.signal.prekey.PreKey;
import dev.waggle.signal.prekey.PreKeyBundle;
import dev.waggle.signal.prekey.PreKeyLookup;
import dev.waggle.signal.prekey.SignedPreKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private final SecureRandom random = new SecureRandom();

    /// One side of a conversation.
    private final class Side {
        final LocalIdentity local = LocalIdentity.generate(random);
        final SignedPreKey signed = SignedPreKey.generate(1, local.identity(), random);
        final PreKey oneTime = PreKey.generate(9, random);

        @Nullable
        SessionRecord record;

        PreKeyBundle bundle() {
            return new PreKeyBundle(
                    local.registrationId(),
                    local.identity().publicKey(),
                    signed.id(),
                    signed.keyPair().publicKey(),
                    signed.signature(),
                    OptionalInt.of(oneTime.id()),
                    oneTime.keyPair().publicKey());
        }

        SessionRecord live() {
            SessionRecord now = record;
            if (now == null) {
                throw new AssertionError("no session");
            }
            return now;
        }

        Encrypted send(String text) {
            Encrypted sent = Sessions.encrypt(live(), text.getBytes(StandardCharsets.UTF_8));
            record = sent.next();
            return sent;
        }

        DecryptOutcome receive(Encrypted message) {
            byte[] bytes = message.ciphertext().toArray();
            PreKeyLookup keys = new PreKeyLookup(List.of(signed), List.of(oneTime));
            DecryptOutcome outcome = message.type() == CiphertextType.PRE_KEY
                    ? Sessions.decryptPreKey(local, record, bytes, keys, Peer.unknown(), random)
                    : Sessions.decryptMessage(local, record, bytes, Peer.unknown(), random);
            if (outcome instanceof DecryptOutcome.Plaintext read) {
                record = read.next();
            }
            return outcome;
        }

        void reads(Encrypted message, String text) {
            assertThat(receive(message))
                    .isInstanceOfSatisfying(
                            DecryptOutcome.Plaintext.class,
                            read -> assertThat(read.plaintext()).isEqualTo(Bytes.utf8(text)));
        }
    }

    private final Side alice = new Side();
    private final Side bob = new Side();

    private void meet() {
        alice.record = Sessions.start(alice.local, bob.bundle(), random);
        bob.reads(alice.send("hello"), "hello");
        alice.reads(bob.send("hi"), "hi");
    }

    @Test
    void the_first_message_opens_the_session_and_names_the_consumed_key() {
        alice.record = Sessions.start(alice.local, bob.bundle(), random);
        Encrypted first = alice.send("hello");
        assertThat(first.type()).isEqualTo(CiphertextType.PRE_KEY);
        assertThat(first.mustStoreFirst()).isTrue();
        assertThat(bob.receive(first))
                .isInstanceOfSatisfying(
                        DecryptOutcome.Plaintext.class,
                        read -> assertThat(read.consumedPreKeyId()).hasValue(9));
        assertThat(bob.send("hi").type()).isEqualTo(CiphertextType.WHISPER);
    }

    @Test
    void a_bundle_signed_by_somebody_else_opens_nothing() {
        PreKeyBundle good = bob.bundle();
        PreKeyBundle forged = new PreKeyBundle(
                good.registrationId(),
                KeyPair.generate(random).publicKey(),
                good.signedPreKeyId(),
                good.signedPreKey(),
                good.signature(),
                good.preKeyId(),
                good.preKey());
        assertThatThrownBy(() -> Sessions.start(alice.local, forged, random)).isInstanceOf(SignalException.class);
    }

    @Test
    void messages_are_read_in_any_order_and_each_once() {
        meet();
        List<Encrypted> sent = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            sent.add(alice.send("m" + i));
        }
        for (int i : new int[] {5, 0, 11, 3}) {
            bob.reads(sent.get(i), "m" + i);
            assertThat(bob.receive(sent.get(i))).isInstanceOf(DecryptOutcome.Duplicate.class);
        }
    }

    @Test
    void a_changed_byte_anywhere_is_never_read_and_changes_nothing() {
        meet();
        Encrypted sent = alice.send("text");
        SessionRecord before = bob.live();
        for (int i = 0; i < sent.ciphertext().size(); i++) {
            byte[] changed = sent.ciphertext().toArray();
            changed[i] ^= 1;
            Encrypted forged = new Encrypted(sent.next(), sent.type(), Bytes.wrap(changed), false);
            assertThat(bob.receive(forged)).isNotInstanceOf(DecryptOutcome.Plaintext.class);
            assertThat(bob.live()).isEqualTo(before);
        }
        bob.reads(sent, "text");
    }

    @Test
    void both_may_begin_at_once() {
        alice.record = Sessions.start(alice.local, bob.bundle(), random);
        bob.record = Sessions.start(bob.local, alice.bundle(), random);
        Encrypted fromAlice = alice.send("a");
        Encrypted fromBob = bob.send("b");
        bob.reads(fromAlice, "a");
        alice.reads(fromBob, "b");
        for (int i = 0; i < 4; i++) {
            bob.reads(alice.send("a" + i), "a" + i);
            alice.reads(bob.send("b" + i), "b" + i);
        }
    }

    @Test
    void what_was_on_its_way_under_an_older_session_is_still_read() {
        meet();
        Encrypted old = alice.send("old");
        alice.record = Sessions.start(alice.local, alice.record, bob.bundle(), random);
        bob.reads(alice.send("new"), "new");
        bob.reads(old, "old");
    }

    @Test
    void a_record_stays_small_over_a_thousand_turns() {
        meet();
        for (int i = 0; i < 1_000; i++) {
            bob.reads(alice.send("a" + i), "a" + i);
            alice.reads(bob.send("b" + i), "b" + i);
        }
        assertThat(alice.live().encode().size()).isLessThan(2_048);
        assertThat(SessionRecord.parse(alice.live().encode().toArray())).isEqualTo(alice.live());
    }
}
