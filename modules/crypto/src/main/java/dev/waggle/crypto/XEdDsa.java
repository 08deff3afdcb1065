package dev.waggle.crypto;

/// Signatures made with key-agreement keys, in the form that Signal's and WhatsApp's clients exchange: the scalar
/// is not negated; instead the sign of the Edwards point travels in the top bit of the last byte.
public final class XEdDsa {
    public static final int SIGNATURE_BYTES = 64;
    public static final int RANDOM_BYTES = 64;

    private XEdDsa() {}

    /// A 64-byte signature. `random` is 64 fresh random bytes; equal ones for equal messages do no harm, but make
    /// the signature predictable.
    ///
    /// @throws CryptoException on a wrong size
    public static byte[] sign(byte[] privateKey, byte[] message, byte[] random) {
        CryptoException.requireSize("private key", privateKey, Curve25519.KEY_BYTES);
        CryptoException.requireSize("random", random, RANDOM_BYTES);
        return CryptoProvider.installed().sign(privateKey, message, random);
    }

    /// False, never an exception, for whatever is wrong: sizes, a key not below the prime, on the twist or of low
    /// order, a scalar not below the group order, or simply another message.
    public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        return publicKey.length == Curve25519.KEY_BYTES
                && signature.length == SIGNATURE_BYTES
                && CryptoProvider.installed().verify(publicKey, message, signature);
    }

    /// What [#sign] does, for a key that signs often: half of the work is done here, once. Keeps the private key.
    ///
    /// @throws CryptoException on a wrong size
    public static Signer signer(byte[] privateKey) {
        CryptoException.requireSize("private key", privateKey, Curve25519.KEY_BYTES);
        Signer signer = CryptoProvider.installed().signer(privateKey.clone());
        return (message, random) -> {
            CryptoException.requireSize("random", random, RANDOM_BYTES);
            return signer.sign(message, random);
        };
    }

    /// What [#verify] does, for a key that is heard often: takes about as long as one verification, keeps about 6
    /// KB, and each verification then takes half the time. A malformed key gives a verifier that refuses
    /// everything.
    public static Verifier verifier(byte[] publicKey) {
        if (publicKey.length != Curve25519.KEY_BYTES) {
            return (message, signature) -> false;
        }
        Verifier verifier = CryptoProvider.installed().verifier(publicKey.clone());
        return (message, signature) -> signature.length == SIGNATURE_BYTES && verifier.verify(message, signature);
    }

    /// Signs under one key. Immutable, for any thread.
    @FunctionalInterface
    public interface Signer {
        /// As [XEdDsa#sign].
        byte[] sign(byte[] message, byte[] random);
    }

    /// Verifies under one key. Immutable, for any thread.
    @FunctionalInterface
    public interface Verifier {
        /// As [XEdDsa#verify].
        boolean verify(byte[] message, byte[] signature);
    }
}
