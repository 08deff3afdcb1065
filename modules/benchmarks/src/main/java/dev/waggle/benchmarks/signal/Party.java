package dev.waggle.benchmarks.signal;

import dev.waggle.address.Bytes;
import dev.waggle.benchmarks.Sample;
import dev.waggle.signal.identity.LocalIdentity;
import dev.waggle.signal.prekey.PreKey;
import dev.waggle.signal.prekey.PreKeyBundle;
import dev.waggle.signal.prekey.PreKeyLookup;
import dev.waggle.signal.prekey.SignedPreKey;
import dev.waggle.signal.session.DecryptOutcome;
import dev.waggle.signal.session.Encrypted;
import dev.waggle.signal.session.Peer;
import dev.waggle.signal.session.SessionRecord;
import dev.waggle.signal.session.Sessions;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One side of a session: its keys and its record, which every message replaces. The record is not stored.
final class Party {
    private final SecureRandom random = Sample.random();
    private final LocalIdentity identity = LocalIdentity.generate(random);
    private final SignedPreKey signed = SignedPreKey.generate(1, identity.identity(), random);
    private final PreKey oneTime = PreKey.generate(1, random);
    private final PreKeyLookup keys = new PreKeyLookup(List.of(signed), List.of(oneTime));
    private final Peer peer = Peer.unknown();
    private @Nullable SessionRecord record;

    PreKeyBundle bundle() {
        return PreKeyBundle.of(identity.registrationId(), identity.identity().publicKey(), signed, oneTime);
    }

    /// Forgets what was before; gives the first message, so that both ratchet keys of the start are made.
    Encrypted start(PreKeyBundle bundle, byte[] text) {
        return encrypted(Sessions.start(identity, bundle, random), text);
    }

    Encrypted encrypt(byte[] text) {
        return encrypted(required(), text);
    }

    private Encrypted encrypted(SessionRecord from, byte[] text) {
        Encrypted encrypted = Sessions.encrypt(from, text);
        record = encrypted.next();
        return encrypted;
    }

    /// As a device that holds no session yet.
    Bytes answer(Encrypted first) {
        return read(Sessions.decryptPreKey(identity, null, first.ciphertext().unsafeArray(), keys, peer, random));
    }

    Bytes decrypt(Encrypted message) {
        return read(Sessions.decryptMessage(
                identity, required(), message.ciphertext().unsafeArray(), peer, random));
    }

    private Bytes read(DecryptOutcome outcome) {
        if (!(outcome instanceof DecryptOutcome.Plaintext plaintext)) {
            throw new IllegalStateException("outcome: " + outcome + " (expected: a text)");
        }
        record = plaintext.next();
        return plaintext.plaintext();
    }

    /// For a benchmark that takes the same step over and over.
    void rewind(SessionRecord to) {
        record = to;
    }

    SessionRecord required() {
        SessionRecord now = record;
        if (now == null) {
            throw new IllegalStateException("no session yet");
        }
        return now;
    }
}
