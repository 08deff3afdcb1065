package dev.waggle.crypto;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.curve.Scalar;
import java.security.SecureRandom;

/// A Curve25519 key pair, 32 raw bytes each. The private key is kept clamped. That the two belong together is the
/// caller's word (stored pairs are not recomputed); [#of] and [#generate] see to it.
public record KeyPair(Bytes privateKey, Bytes publicKey) {
    public KeyPair {
        CryptoException.requireSize("private key", privateKey.unsafeArray(), Curve25519.KEY_BYTES);
        CryptoException.requireSize("public key", publicKey.unsafeArray(), Curve25519.KEY_BYTES);
        privateKey = Bytes.wrap(Scalar.clamp(privateKey.unsafeArray()));
    }

    public static KeyPair generate(SecureRandom random) {
        byte[] key = new byte[Curve25519.KEY_BYTES];
        random.nextBytes(key);
        return of(Bytes.wrap(key));
    }

    /// @throws CryptoException when it is not 32 bytes
    public static KeyPair of(Bytes privateKey) {
        return new KeyPair(privateKey, Bytes.wrap(Curve25519.publicKey(privateKey.unsafeArray())));
    }

    /// As [Curve25519#agree].
    public byte[] agree(Bytes theirPublicKey) {
        return Curve25519.agree(privateKey.unsafeArray(), theirPublicKey.unsafeArray());
    }

    /// As [XEdDsa#sign], with 64 bytes drawn from `random`.
    public byte[] sign(byte[] message, SecureRandom random) {
        byte[] fresh = new byte[XEdDsa.RANDOM_BYTES];
        random.nextBytes(fresh);
        return XEdDsa.sign(privateKey.unsafeArray(), message, fresh);
    }
}
