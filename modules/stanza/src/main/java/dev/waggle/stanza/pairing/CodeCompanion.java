package dev.waggle.stanza.pairing;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.KeyPair;
import java.security.SecureRandom;

/// The companion's side of pairing by code, from showing the code to the secret that both sides then know.
///
/// @param code to show
/// @param ephemeral drawn for this one exchange
/// @param wrappedEphemeral 80 bytes for `companion_hello`
public record CodeCompanion(PairCode code, KeyPair ephemeral, Bytes wrappedEphemeral) {
    /// @param wrappedKeyBundle 156 bytes for `companion_finish`
    /// @param advSecret replaces ours: `pair-success` will be authenticated with it; durable before the bundle
    /// leaves
    public record Finished(Bytes wrappedKeyBundle, Bytes advSecret) {}

    public static CodeCompanion begin(SecureRandom random) {
        PairCode code = PairCode.draw(random);
        KeyPair ephemeral = KeyPair.generate(random);
        return new CodeCompanion(code, ephemeral, code.wrap(ephemeral.publicKey(), random));
    }

    /// The phone's user typed the code.
    ///
    /// @param wrappedPrimary 80 bytes of the `primary_hello` notification
    /// @param primaryIdentity 32 bytes of the same
    /// @param identity our own
    /// @throws PairingException when a size is wrong or a key is unusable; a wrong code does not show here
    public Finished finish(Bytes wrappedPrimary, Bytes primaryIdentity, KeyPair identity, SecureRandom random) {
        Bytes primaryEphemeral = code.unwrap(wrappedPrimary);
        byte[] ephemeralShared = PairCode.agree("primary ephemeral", ephemeral.privateKey(), primaryEphemeral);
        byte[] identityShared = PairCode.agree("primary identity", identity.privateKey(), primaryIdentity);
        Bytes secretPart = Bytes.wrap(PairCode.bytes(random, 32));
        PairCode.Bundle bundle = new PairCode.Bundle(identity.publicKey(), primaryIdentity, secretPart);
        return new Finished(
                PairCode.sealBundle(ephemeralShared, bundle, random),
                PairCode.advSecret(ephemeralShared, identityShared, secretPart));
    }

    /// Without the code and the keys.
    @Override
    public String toString() {
        return "CodeCompanion";
    }
}
