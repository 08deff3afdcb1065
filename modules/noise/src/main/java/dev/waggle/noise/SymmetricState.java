package dev.waggle.noise;

import dev.waggle.crypto.AesGcm;
import dev.waggle.crypto.CryptoException;
import dev.waggle.crypto.Curve25519;
import dev.waggle.crypto.Digest;
import dev.waggle.crypto.Hkdf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The running hash, chaining key and cipher of a handshake, as the Noise specification names them. Mutable, for
/// one handshake only.
final class SymmetricState {
    static final String XX = "Noise_XX_25519_AESGCM_SHA256";
    static final String IK = "Noise_IK_25519_AESGCM_SHA256";
    static final String XX_FALLBACK = "Noise_XXfallback_25519_AESGCM_SHA256";
    private static final byte[] NONE = new byte[0];

    private byte[] hash;
    private byte[] chainingKey;
    private byte @Nullable [] key;
    private int nonce;

    SymmetricState(String protocol, byte[] prologue) {
        byte[] name = protocol.getBytes(StandardCharsets.US_ASCII);
        hash = name.length <= 32 ? Arrays.copyOf(name, 32) : Digest.sha256(name);
        chainingKey = hash;
        mixHash(prologue);
    }

    void mixHash(byte[] data) {
        hash = Digest.sha256(hash, data);
    }

    /// Mixes in the secret shared by these two keys.
    void mixKey(byte[] privateKey, byte[] publicKey) {
        byte[] shared;
        try {
            shared = Curve25519.agree(privateKey, publicKey);
        } catch (CryptoException e) {
            throw new HandshakeException("public key", "a point of low order", "a point that gives a secret", e);
        }
        byte[] both = Hkdf.derive(shared, chainingKey, NONE, 64);
        chainingKey = Arrays.copyOf(both, 32);
        key = Arrays.copyOfRange(both, 32, 64);
        nonce = 0;
    }

    byte[] seal(byte[] plaintext) {
        byte[] sealed = AesGcm.seal(key(), FrameCipher.nonce(nonce++), hash, plaintext);
        mixHash(sealed);
        return sealed;
    }

    /// @throws HandshakeException when the tag is wrong
    byte[] open(String what, byte[] sealed) {
        try {
            byte[] plaintext = AesGcm.open(key(), FrameCipher.nonce(nonce++), hash, sealed);
            mixHash(sealed);
            return plaintext;
        } catch (CryptoException e) {
            throw new HandshakeException(what, sealed.length + " bytes", "sealed under this handshake's key", e);
        }
    }

    private byte[] key() {
        byte[] now = key;
        if (now == null) {
            throw new IllegalStateException("no key mixed in yet");
        }
        return now;
    }

    byte[] hash() {
        return hash.clone();
    }

    byte[] chainingKey() {
        return chainingKey.clone();
    }

    /// The ciphers of the connection.
    FrameCipher split(boolean client) {
        byte[] both = Hkdf.derive(NONE, chainingKey, NONE, 64);
        byte[] toServer = Arrays.copyOf(both, 32);
        byte[] toClient = Arrays.copyOfRange(both, 32, 64);
        return client ? new FrameCipher(toServer, toClient) : new FrameCipher(toClient, toServer);
    }
}
