package dev.waggle.signal.prekey;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.waggle.address.Bytes;
import dev.waggle.crypto.KeyPair;
import dev.waggle.crypto.XEdDsa;
import dev.waggle.proto.signal.StoredSignedPreKey;
import dev.waggle.signal.SignalException;
import dev.waggle.signal.message.PublicKeys;
import dev.waggle.signal.stored.Stored;
import java.security.SecureRandom;

/// A pre-key under our identity's signature (64 bytes over `05 || public key`), used until it is rotated.
public record SignedPreKey(int id, KeyPair keyPair, Bytes signature) {
    public SignedPreKey {
        PreKeyIds.check(id);
        if (signature.size() != PreKeyBundle.SIGNATURE_BYTES) {
            throw new SignalException("signature", signature, PreKeyBundle.SIGNATURE_BYTES + " bytes");
        }
    }

    public static SignedPreKey generate(int id, KeyPair identity, SecureRandom random) {
        var pair = KeyPair.generate(random);
        var random64 = new byte[64];
        random.nextBytes(random64);
        var signature = XEdDsa.sign(identity.privateKey().unsafeArray(), PublicKeys.typed(pair.publicKey()), random64);
        return new SignedPreKey(id, pair, Bytes.wrap(signature));
    }

    /// @throws SignalException when the bytes are not what [#encode] wrote
    public static SignedPreKey parse(byte[] stored) {
        try {
            var key = StoredSignedPreKey.parseFrom(stored);
            var pair = Stored.keyPair(key.getPrivateKey(), key.getPublicKey());
            return new SignedPreKey(key.getId(), pair, Stored.bytes(key.getSignature()));
        } catch (InvalidProtocolBufferException e) {
            throw new SignalException("signed-pre-key", String.valueOf(e.getMessage()), "a stored signed pre-key");
        }
    }

    public Bytes encode() {
        return Bytes.wrap(StoredSignedPreKey.newBuilder()
                .setId(id)
                .setPrivateKey(Stored.string(keyPair.privateKey()))
                .setPublicKey(Stored.string(keyPair.publicKey()))
                .setSignature(Stored.string(signature))
                .build()
                .toByteArray());
    }
}
