package dev.waggle.stanza.message;

import dev.waggle.address.Jid;
import dev.waggle.crypto.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.stream.Collectors;

/// The hash over a set of devices by which client and server compare whom a message is for: `2:` and 6 bytes of
/// SHA-256 over the sorted, joined device texts, in base64 without padding.
public final class ParticipantHash {
    private static final int HASH_BYTES = 6;

    private ParticipantHash() {}

    public static String of(Collection<Jid> devices) {
        String joined = devices.stream().map(Jid::toAdString).sorted().collect(Collectors.joining());
        byte[] hash = Digest.sha256(joined.getBytes(StandardCharsets.UTF_8));
        return "2:" + Base64.getEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, HASH_BYTES));
    }
}
