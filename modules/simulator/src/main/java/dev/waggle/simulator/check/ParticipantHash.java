package dev.waggle.simulator.check;

import dev.waggle.address.Jid;
import dev.waggle.crypto.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// `phash`: `2:` and eight characters of base64 over the first six bytes of SHA-256 of the sorted device names.
public final class ParticipantHash {
    private static final Pattern FORM = Pattern.compile("2:[A-Za-z0-9+/_-]{8}");

    private ParticipantHash() {}

    public static String of(Collection<Jid> devices) {
        String names = devices.stream().map(Jid::toAdString).sorted().collect(Collectors.joining());
        byte[] hash = Digest.sha256(names.getBytes(StandardCharsets.UTF_8));
        return "2:" + Base64.getEncoder().encodeToString(Arrays.copyOf(hash, 6));
    }

    static boolean wellFormed(String phash) {
        return FORM.matcher(phash).matches();
    }

    /// True when both are the same hash, whichever base64 alphabet they were written in.
    static boolean same(String one, String other) {
        return one.replace('-', '+')
                .replace('_', '/')
                .equals(other.replace('-', '+').replace('_', '/'));
    }
}
