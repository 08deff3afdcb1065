package dev.waggle.signal.prekey;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.XEdDsa;
import dev.waggle.signal.SignalException;
import dev.waggle.signal.message.PublicKeys;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// What the server gives out for one device of another user: enough to start a session with it.
/// Keys are 32 raw bytes. The one-time key may be absent: the server had none left.
public record PreKeyBundle(
        int registrationId,
        Bytes identityKey,
        int signedPreKeyId,
        Bytes signedPreKey,
        Bytes signature,
        OptionalInt preKeyId,
        @Nullable Bytes preKey) {
    static final int SIGNATURE_BYTES = 64;

    public PreKeyBundle {
        PublicKeys.check("identity-key", identityKey);
        PublicKeys.check("signed-pre-key", signedPreKey);
        PreKeyIds.check(signedPreKeyId);
        if (signature.size() != SIGNATURE_BYTES) {
            throw new SignalException("signature", signature, SIGNATURE_BYTES + " bytes");
        }
        if (preKeyId.isPresent() != (preKey != null)) {
            throw new SignalException("pre-key-id", preKeyId, "present exactly when the pre-key is");
        }
        if (preKey != null) {
            PreKeyIds.check(preKeyId.getAsInt());
            PublicKeys.check("pre-key", preKey);
        }
    }

    /// The bundle that others receive for `identityKey` with these keys.
    public static PreKeyBundle of(
            int registrationId, Bytes identityKey, SignedPreKey signed, @Nullable PreKey oneTime) {
        return new PreKeyBundle(
                registrationId,
                identityKey,
                signed.id(),
                signed.keyPair().publicKey(),
                signed.signature(),
                oneTime == null ? OptionalInt.empty() : OptionalInt.of(oneTime.id()),
                oneTime == null ? null : oneTime.keyPair().publicKey());
    }

    /// True when the identity key did sign the signed pre-key. 30 µs.
    public boolean genuine() {
        return XEdDsa.verify(identityKey.unsafeArray(), PublicKeys.typed(signedPreKey), signature.unsafeArray());
    }
}
