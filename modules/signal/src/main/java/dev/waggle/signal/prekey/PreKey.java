package dev.waggle.signal.prekey;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.waggle.address.Bytes;
import dev.waggle.crypto.KeyPair;
import dev.waggle.proto.signal.StoredPreKey;
import dev.waggle.signal.SignalException;
import dev.waggle.signal.stored.Stored;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/// A one-time pre-key: consumed by the first session that names it.
public record PreKey(int id, KeyPair keyPair) {
    public PreKey {
        PreKeyIds.check(id);
    }

    public static PreKey generate(int id, SecureRandom random) {
        return new PreKey(id, KeyPair.generate(random));
    }

    /// Keys with ascending ids from `firstId` on, past the last id again from 1.
    public static List<PreKey> generate(int firstId, int count, SecureRandom random) {
        var keys = new ArrayList<PreKey>(count);
        for (int id = firstId; keys.size() < count; id = PreKeyIds.after(id)) {
            keys.add(generate(id, random));
        }
        return List.copyOf(keys);
    }

    /// @throws SignalException when the bytes are not what [#encode] wrote
    public static PreKey parse(byte[] stored) {
        try {
            var key = StoredPreKey.parseFrom(stored);
            return new PreKey(key.getId(), Stored.keyPair(key.getPrivateKey(), key.getPublicKey()));
        } catch (InvalidProtocolBufferException e) {
            throw new SignalException("pre-key", String.valueOf(e.getMessage()), "a stored pre-key");
        }
    }

    public Bytes encode() {
        return Bytes.wrap(StoredPreKey.newBuilder()
                .setId(id)
                .setPrivateKey(Stored.string(keyPair.privateKey()))
                .setPublicKey(Stored.string(keyPair.publicKey()))
                .build()
                .toByteArray());
    }
}
