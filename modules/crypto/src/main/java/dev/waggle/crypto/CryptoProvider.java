package dev.waggle.crypto;

import java.util.ServiceLoader;

/// The arithmetic of the curve, which a native library can do faster. A jar that declares one under
/// `META-INF/services/dev.waggle.crypto.CryptoProvider` replaces ours for the whole process; the first one found is
/// taken.
///
/// All sizes are checked before a call arrives here. Implementations are safe for use by many threads and take time
/// that does not depend on private keys, messages to be signed or results of an agreement.
public interface CryptoProvider {
    /// X25519 (RFC 7748), 32 bytes; all zero for a point of low order, which the caller refuses.
    byte[] agree(byte[] privateKey, byte[] publicKey);

    /// X25519 with the base point, 32 bytes.
    byte[] publicKey(byte[] privateKey);

    /// XEdDSA as WhatsApp's clients make it, 64 bytes; see [XEdDsa].
    byte[] sign(byte[] privateKey, byte[] message, byte[] random);

    /// True when the signature fits; false for every malformed key or signature.
    boolean verify(byte[] publicKey, byte[] message, byte[] signature);

    /// For many signatures by one key. Need not be faster than [#sign].
    default XEdDsa.Signer signer(byte[] privateKey) {
        return (message, random) -> sign(privateKey, message, random);
    }

    /// For many signatures to be verified under one key. Need not be faster than [#verify].
    default XEdDsa.Verifier verifier(byte[] publicKey) {
        return (message, signature) -> verify(publicKey, message, signature);
    }

    /// The one in use.
    static CryptoProvider installed() {
        return Installed.PROVIDER;
    }

    /// The one in pure Java that is used when none is declared.
    static CryptoProvider plain() {
        return Installed.PLAIN;
    }

    /// Looked up once, at the first use.
    final class Installed {
        private static final CryptoProvider PLAIN = new PlainProvider();
        private static final CryptoProvider PROVIDER =
                ServiceLoader.load(CryptoProvider.class).findFirst().orElse(PLAIN);

        private Installed() {}
    }
}
