package dev.waggle.platform.account.prekeys;

import dev.waggle.address.Bytes;
import dev.waggle.signal.identity.LocalIdentity;
import dev.waggle.signal.prekey.PreKey;
import dev.waggle.signal.prekey.SignedPreKey;
import dev.waggle.stanza.iq.DigestPreKeys;
import dev.waggle.stanza.iq.DigestPreKeys.KeyDigest;
import dev.waggle.storage.row.PreKeyRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whether the server hands out what we can open.
final class KeyComparison {
    private KeyComparison() {}

    /// The first difference in words; empty when both hold the same.
    ///
    /// @param oneTime what is stored of the digest's one-time keys, in any order
    static Optional<String> difference(
            KeyDigest server, LocalIdentity local, SignedPreKey present, List<PreKeyRow> oneTime) {
        if (server.registrationId() != local.registrationId()) {
            return Optional.of("another registration id");
        }
        if (server.signedKeyId() != present.id()) {
            return Optional.of("signed pre-key " + server.signedKeyId() + " instead of " + present.id());
        }
        Map<Integer, Bytes> publicKeys = new HashMap<>();
        oneTime.forEach(row -> publicKeys.put(
                row.id(), PreKey.parse(row.record().unsafeArray()).keyPair().publicKey()));
        List<Integer> unknown = server.oneTimeKeyIds().stream()
                .filter(id -> !publicKeys.containsKey(id))
                .toList();
        if (!unknown.isEmpty()) {
            return Optional.of(unknown.size() + " one-time keys that we do not have");
        }
        Bytes expected = DigestPreKeys.expected(
                local.identity().publicKey(),
                SignedKeys.publicHalf(present),
                server.oneTimeKeyIds().stream()
                        .map(id -> publicKeys.getOrDefault(id, Bytes.EMPTY))
                        .toList());
        return expected.equals(server.hash()) ? Optional.empty() : Optional.of("another hash over the same ids");
    }
}
