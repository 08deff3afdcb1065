package dev.waggle.platform.webhook.call;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.Mac;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/// Standard Webhooks 1.0, symmetric: HMAC-SHA256 over `id.timestamp.body`, one signature for each live secret.
public final class Signature {
    public static final String SECRET_PREFIX = "whsec_";
    public static final int SECRET_BYTES = 32;

    private Signature() {}

    public static Bytes draw(SecureRandom random) {
        byte[] key = new byte[SECRET_BYTES];
        random.nextBytes(key);
        return Bytes.wrap(key);
    }

    /// As the receiver configures it.
    public static String text(Bytes key) {
        return SECRET_PREFIX + Base64.getEncoder().encodeToString(key.unsafeArray());
    }

    /// The value of `webhook-signature`: `v1,…` for each key, with spaces between.
    ///
    /// @param seconds the value of `webhook-timestamp`
    public static String header(List<Bytes> keys, String id, long seconds, byte[] body) {
        byte[] head = (id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8);
        return keys.stream()
                .map(key -> "v1," + Base64.getEncoder().encodeToString(Mac.sha256(key.unsafeArray(), head, body)))
                .collect(Collectors.joining(" "));
    }
}
