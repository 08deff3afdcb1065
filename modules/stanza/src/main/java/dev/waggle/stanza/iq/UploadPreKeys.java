package dev.waggle.stanza.iq;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.stanza.field.Fields;
import dev.waggle.stanza.keys.Keys;
import dev.waggle.stanza.keys.OneTimeKey;
import dev.waggle.stanza.keys.SignedKey;
import dev.waggle.wire.node.Node;
import java.util.List;

/// Hands public keys to the server. Their private halves must be durable before.
///
/// @param registrationId our own, 32 bits
/// @param identityKey 32 raw bytes
/// @param oneTimeKeys at least one
public record UploadPreKeys(int registrationId, Bytes identityKey, List<OneTimeKey> oneTimeKeys, SignedKey signedKey)
        implements Iq<Done> {
    private static final int KEYS_MAX = 65_535;

    public UploadPreKeys {
        oneTimeKeys = List.copyOf(oneTimeKeys);
        if (oneTimeKeys.isEmpty() || oneTimeKeys.size() > KEYS_MAX) {
            throw new IllegalArgumentException(
                    "one-time keys: " + oneTimeKeys.size() + " (expected: 1.." + KEYS_MAX + ")");
        }
        if (identityKey.size() != Keys.KEY_BYTES) {
            throw new IllegalArgumentException("identity key: " + identityKey + " (expected: 32 bytes)");
        }
    }

    @Override
    public Node ask(String id) {
        Node[] keys = oneTimeKeys.stream().map(OneTimeKey::toNode).toArray(Node[]::new);
        return Iq.set(
                id,
                "encrypt",
                Jid.SERVER,
                Node.of("registration", Fields.bigEndian(registrationId, 4)),
                Node.of("type", Keys.TYPE),
                Node.of("identity", identityKey),
                Node.of("list", keys),
                signedKey.toNode());
    }

    @Override
    public Done answer(Node reply) {
        return Done.DONE;
    }
}
