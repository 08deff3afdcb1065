package dev.waggle.simulator.shape;

import dev.waggle.address.Jid;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.stream.Collectors;

/// The hash by which server and client compare their lists of devices: `2:` and eight characters.
public final class ParticipantHash {
    private ParticipantHash() {}

    /// Over the devices' AD strings, sorted and concatenated.
    public static String of(Collection<Jid> devices) {
        String joined = devices.stream().map(Jid::toAdString).sorted().collect(Collectors.joining());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(joined.getBytes(StandardCharsets.UTF_8));
            return "2:" + Base64.getEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 6));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
