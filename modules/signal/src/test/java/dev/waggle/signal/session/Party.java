package dev.waggle.signal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import dev.waggle.signal.identity.LocalIdentity;
import dev.waggle.signal.prekey.PreKey;
import dev.waggle.signal.prekey.PreKeyBundle;
import dev.waggle.signal.prekey.PreKeyLookup;
import dev.waggle.signal.prekey.SignedPreKey;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One side of a conversation: an identity, its pre-keys, and the record of the other side.
public final class Party {
    public final SecureRandom random = new SecureRandom();
    public final LocalIdentity local = LocalIdentity.generate(random);
    public final SignedPreKey signed = SignedPreKey.generate(3, local.identity(), random);
    public final PreKey oneTime = PreKey.generate(9, random);

    PreKeyLookup keys = new PreKeyLookup(List.of(signed), List.of(oneTime));
    Peer peer = Peer.unknown();

    @Nullable
    SessionRecord record;

    PreKeyBundle bundle() {
        return PreKeyBundle.of(local.registrationId(), local.identity().publicKey(), signed, oneTime);
    }

    public void start(PreKeyBundle bundle) {
        record = Sessions.start(local, record, bundle, random);
    }

    SessionRecord live() {
        return Objects.requireNonNull(record, "no session");
    }

    public Encrypted send(byte[] plaintext) {
        var sent = Sessions.encrypt(live(), plaintext);
        record = sent.next();
        return sent;
    }

    Encrypted send(String text) {
        return send(Bytes.utf8(text).toArray());
    }

    DecryptOutcome receive(Encrypted message) {
        return receive(message.type(), message.ciphertext().toArray());
    }

    DecryptOutcome receive(CiphertextType type, byte[] message) {
        var outcome = type == CiphertextType.PRE_KEY
                ? Sessions.decryptPreKey(local, record, message, keys, peer, random)
                : Sessions.decryptMessage(local, record, message, peer, random);
        if (outcome instanceof DecryptOutcome.Plaintext read) {
            record = read.next();
        }
        return outcome;
    }

    public void reads(CiphertextType type, Bytes message, Bytes plaintext) {
        assertThat(receive(type, message.toArray()))
                .isInstanceOfSatisfying(
                        DecryptOutcome.Plaintext.class,
                        read -> assertThat(read.plaintext()).isEqualTo(plaintext));
    }

    void reads(Encrypted message, String text) {
        reads(message.type(), message.ciphertext(), Bytes.utf8(text));
    }

    /// Both have heard of each other.
    static void meet(Party one, Party other) {
        one.start(other.bundle());
        other.reads(one.send("hello"), "hello");
        one.reads(other.send("hi"), "hi");
    }
}
