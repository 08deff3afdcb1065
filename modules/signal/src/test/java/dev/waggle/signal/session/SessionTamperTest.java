package dev.waggle.signal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.signal.message.PreKeyMessage;
import dev.waggle.signal.prekey.PreKeyBundle;
import org.junit.jupiter.api.Test;

class SessionTamperTest {
    private static final int[] CHANGES = {0x01, 0x80, 0xFF};
    private final Party alice = new Party();
    private final Party bob = new Party();

    @Test
    void a_message_changed_anywhere_is_never_read_and_changes_nothing() {
        Party.meet(alice, bob);
        var sent = alice.send("a text of some length, two blocks of it");
        var before = bob.live();
        for (int at = 0; at < sent.ciphertext().size(); at++) {
            for (int change : CHANGES) {
                var outcome = bob.receive(CiphertextType.WHISPER, changed(sent.ciphertext(), at, change));
                assertThat(outcome).as("byte %s", at).isNotInstanceOf(DecryptOutcome.Plaintext.class);
                assertThat(bob.live()).isEqualTo(before);
            }
        }
        bob.reads(sent, "a text of some length, two blocks of it");
    }

    @Test
    void a_message_cut_anywhere_is_never_read() {
        Party.meet(alice, bob);
        var sent = alice.send("text").ciphertext();
        for (int length = 0; length < sent.size(); length++) {
            var cut = sent.slice(0, length).toArray();
            assertThat(bob.receive(CiphertextType.WHISPER, cut)).isNotInstanceOf(DecryptOutcome.Plaintext.class);
        }
    }

    /// The registration id stands outside every MAC, as does the version that the sender could also speak.
    @Test
    void a_first_message_changed_anywhere_is_read_only_when_the_change_was_in_a_hint() {
        alice.start(bob.bundle());
        var sent = alice.send("hello").ciphertext();
        var original = PreKeyMessage.parse(sent.toArray());
        for (int at = 0; at < sent.size(); at++) {
            for (int change : CHANGES) {
                var forged = changed(sent, at, change);
                bob.record = null;
                if (bob.receive(CiphertextType.PRE_KEY, forged) instanceof DecryptOutcome.Plaintext read) {
                    assertThat(read.plaintext()).isEqualTo(Bytes.utf8("hello"));
                    var parsed = PreKeyMessage.parse(forged);
                    assertThat(parsed.message()).isEqualTo(original.message());
                    assertThat(parsed.baseKey()).isEqualTo(original.baseKey());
                    assertThat(parsed.identityKey()).isEqualTo(original.identityKey());
                } else {
                    assertThat(bob.record).isNull();
                }
            }
        }
    }

    @Test
    void a_first_message_is_not_played_back_under_another_spelling_of_its_base_key() {
        alice.start(
                PreKeyBundle.of(bob.local.registrationId(), bob.local.identity().publicKey(), bob.signed, null));
        var sent = alice.send("once").ciphertext();
        bob.reads(CiphertextType.PRE_KEY, sent, Bytes.utf8("once"));
        for (int at = 0; at < sent.size(); at++) {
            assertThat(bob.receive(CiphertextType.PRE_KEY, changed(sent, at, 0x80)))
                    .isNotInstanceOf(DecryptOutcome.Plaintext.class);
        }
    }

    @Test
    void a_bundle_whose_signature_or_key_was_changed_anywhere_is_not_genuine() {
        var bundle = bob.bundle();
        assertThat(bundle.genuine()).isTrue();
        for (int at = 0; at < 64; at++) {
            var signature = Bytes.wrap(changed(bundle.signature(), at, 1));
            assertThat(with(bundle, bundle.identityKey(), bundle.signedPreKey(), signature)
                            .genuine())
                    .isFalse();
        }
        for (int at = 0; at < 32; at++) {
            var signed = Bytes.wrap(changed(bundle.signedPreKey(), at, 1));
            assertThat(with(bundle, bundle.identityKey(), signed, bundle.signature())
                            .genuine())
                    .isFalse();
            var identity = Bytes.wrap(changed(bundle.identityKey(), at, 1));
            assertThat(with(bundle, identity, bundle.signedPreKey(), bundle.signature())
                            .genuine())
                    .isFalse();
        }
    }

    private static PreKeyBundle with(PreKeyBundle bundle, Bytes identity, Bytes signed, Bytes signature) {
        return new PreKeyBundle(
                bundle.registrationId(),
                identity,
                bundle.signedPreKeyId(),
                signed,
                signature,
                bundle.preKeyId(),
                bundle.preKey());
    }

    private static byte[] changed(Bytes bytes, int at, int change) {
        var changed = bytes.toArray();
        changed[at] ^= (byte) change;
        return changed;
    }
}
