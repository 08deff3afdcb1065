package dev.waggle.stanza.pairing;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.KeyPair;
import java.security.SecureRandom;

/// The phone's side of pairing by code.
///
/// @param wrappedEphemeral 80 bytes for the `primary_hello` notification
public record CodePrimary(PairCode code, KeyPair ephemeral, Bytes wrappedEphemeral) {
    /// @param companionIdentity what to vouch for
    /// @param advSecret what to vouch with
    public record Finished(Bytes companionIdentity, Bytes advSecret) {}

    /// @param code as typed
    public static CodePrimary begin(PairCode code, SecureRandom random) {
        KeyPair ephemeral = KeyPair.generate(random);
        return new CodePrimary(code, ephemeral, code.wrap(ephemeral.publicKey(), random));
    }

    /// @param wrappedCompanion 80 bytes of `companion_hello`
    /// @param wrappedKeyBundle 156 bytes of `companion_finish`
    /// @param companionIdentity of `companion_finish`, which the bundle must repeat
    /// @param identity the phone's
    /// @throws PairingException when the code was another, or the bundle names other identities
    public Finished finish(Bytes wrappedCompanion, Bytes wrappedKeyBundle, Bytes companionIdentity, KeyPair identity) {
        Bytes companionEphemeral = code.unwrap(wrappedCompanion);
        byte[] ephemeralShared = PairCode.agree("companion ephemeral", ephemeral.privateKey(), companionEphemeral);
        PairCode.Bundle bundle = PairCode.openBundle(ephemeralShared, wrappedKeyBundle);
        if (!bundle.companionIdentity().equals(companionIdentity)
                || !bundle.primaryIdentity().equals(identity.publicKey())) {
            throw PairingException.malformed("key bundle", "other identities", "those of this exchange");
        }
        byte[] identityShared = PairCode.agree("companion identity", identity.privateKey(), companionIdentity);
        return new Finished(companionIdentity, PairCode.advSecret(ephemeralShared, identityShared, bundle.random()));
    }

    /// Without the code and the keys.
    @Override
    public String toString() {
        return "CodePrimary";
    }
}
