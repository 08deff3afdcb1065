package dev.waggle.stanza.iq;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.crypto.Digest;
import dev.waggle.stanza.field.Fields;
import dev.waggle.stanza.keys.SignedKey;
import dev.waggle.wire.node.Node;
import java.util.List;
import java.util.Optional;

/// Asks what the server holds of our keys, as a hash to compare with our own. An empty answer means that it holds
/// nothing: upload again.
public record DigestPreKeys() implements Iq<Optional<DigestPreKeys.KeyDigest>> {
    private static final int SHA1_BYTES = 20;

    /// @param oneTimeKeyIds in the order that the hash was taken in
    /// @param hash SHA-1, 20 bytes
    public record KeyDigest(int registrationId, int signedKeyId, List<Integer> oneTimeKeyIds, Bytes hash) {
        public KeyDigest {
            oneTimeKeyIds = List.copyOf(oneTimeKeyIds);
        }
    }

    /// The hash that the server should have: SHA-1 over identity key, signed pre-key, its signature and the
    /// one-time keys.
    ///
    /// @param oneTimeKeys raw public keys, in the order of [KeyDigest#oneTimeKeyIds()]
    public static Bytes expected(Bytes identityKey, SignedKey signedKey, List<Bytes> oneTimeKeys) {
        byte[][] parts = new byte[3 + oneTimeKeys.size()][];
        parts[0] = identityKey.unsafeArray();
        parts[1] = signedKey.publicKey().unsafeArray();
        parts[2] = signedKey.signature().unsafeArray();
        for (int i = 0; i < oneTimeKeys.size(); i++) {
            parts[3 + i] = oneTimeKeys.get(i).unsafeArray();
        }
        return Bytes.wrap(Digest.sha1(parts));
    }

    @Override
    public Node ask(String id) {
        return Iq.get(id, "encrypt", Jid.SERVER, Node.of("digest"));
    }

    @Override
    public Optional<KeyDigest> read(Node reply) {
        try {
            return Iq.super.read(reply);
        } catch (IqException e) {
            if (e.code() == IqException.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Optional<KeyDigest> answer(Node reply) {
        Node digest = reply.child("digest");
        if (digest == null) {
            return Optional.empty();
        }
        List<Integer> ids = digest.requireChild("list").children("id").stream()
                .map(id -> Fields.bigEndian(id, 3))
                .toList();
        return Optional.of(new KeyDigest(
                Fields.bigEndian(digest.requireChild("registration"), 4),
                Fields.bigEndian(digest.requireChild("skey").requireChild("id"), 3),
                ids,
                digest.requireChild("hash").requireBytes(SHA1_BYTES)));
    }
}
