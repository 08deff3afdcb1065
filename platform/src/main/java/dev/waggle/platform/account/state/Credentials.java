package dev.waggle.platform.account.state;

import com.google.protobuf.ByteString;
import dev.waggle.address.Bytes;
import dev.waggle.crypto.KeyPair;
import dev.waggle.proto.journal.CredentialsDrawn;
import dev.waggle.signal.identity.LocalIdentity;
import dev.waggle.signal.prekey.SignedPreKey;

/// The keys of one link, live.
public record Credentials(KeyPair noise, LocalIdentity local, SignedPreKey signed, Bytes advSecret) {
    public static Credentials of(CredentialsDrawn drawn) {
        return new Credentials(
                KeyPair.of(bytes(drawn.getNoisePrivate())),
                new LocalIdentity(KeyPair.of(bytes(drawn.getIdentityPrivate())), drawn.getRegistrationId()),
                new SignedPreKey(
                        drawn.getSignedPreKeyId(),
                        KeyPair.of(bytes(drawn.getSignedPreKeyPrivate())),
                        bytes(drawn.getSignedPreKeySignature())),
                bytes(drawn.getAdvSecret()));
    }

    private static Bytes bytes(ByteString bytes) {
        return Bytes.wrap(bytes.toByteArray());
    }

    /// Never the keys.
    @Override
    public String toString() {
        return "Credentials";
    }
}
