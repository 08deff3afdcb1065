package dev.waggle.signal.session;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.Curve25519;
import dev.waggle.crypto.KeyPair;
import dev.waggle.signal.identity.LocalIdentity;
import dev.waggle.signal.message.PreKeyMessage;
import dev.waggle.signal.prekey.PreKey;
import dev.waggle.signal.prekey.PreKeyBundle;
import dev.waggle.signal.prekey.SignedPreKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The start of a session, from both sides.
///
/// ```
/// secret = FF*32 || DH(initiator identity, responder signed) || DH(initiator base, responder identity)
///                || DH(initiator base, responder signed)     || DH(initiator base, responder one-time), if there
/// is one
/// ```
///
/// Both throw `CryptoException` when a key of the other side is a point of small order.
final class X3dh {
    private static final int KEY = 32;

    private X3dh() {}

    static SessionState initiate(LocalIdentity local, PreKeyBundle bundle, SecureRandom random) {
        var base = KeyPair.generate(random);
        var agreements = new Agreements();
        agreements.add(local.identity().privateKey(), bundle.signedPreKey());
        agreements.add(base.privateKey(), bundle.identityKey());
        agreements.add(base.privateKey(), bundle.signedPreKey());
        var oneTime = bundle.preKey();
        if (oneTime != null) {
            agreements.add(base.privateKey(), oneTime);
        }
        return new SessionState(
                bundle.identityKey(),
                bundle.registrationId(),
                base.publicKey(),
                agreements.first().rootKey(),
                new Sending.Due(SessionState.drawn(random), bundle.signedPreKey(), 0),
                List.of(),
                new SessionState.Unanswered(bundle.preKeyId(), bundle.signedPreKeyId()));
    }

    static SessionState respond(
            LocalIdentity local, PreKeyMessage message, SignedPreKey signed, @Nullable PreKey oneTime) {
        var agreements = new Agreements();
        agreements.add(signed.keyPair().privateKey(), message.identityKey());
        agreements.add(local.identity().privateKey(), message.baseKey());
        agreements.add(signed.keyPair().privateKey(), message.baseKey());
        if (oneTime != null) {
            agreements.add(oneTime.keyPair().privateKey(), message.baseKey());
        }
        return new SessionState(
                message.identityKey(),
                message.registrationId(),
                message.baseKey(),
                agreements.first().rootKey(),
                new Sending.Closed(signed.keyPair().privateKey(), 0),
                List.of(),
                null);
    }

    private static final class Agreements {
        private final byte[] secret = new byte[5 * KEY];
        private int end = KEY;

        Agreements() {
            Arrays.fill(secret, 0, KEY, (byte) 0xFF);
        }

        void add(Bytes ours, Bytes theirs) {
            var agreed = Curve25519.agree(ours.unsafeArray(), theirs.unsafeArray());
            System.arraycopy(agreed, 0, secret, end, KEY);
            end += KEY;
        }

        RootStep first() {
            return RootStep.first(end == secret.length ? secret : Arrays.copyOf(secret, end));
        }
    }
}
