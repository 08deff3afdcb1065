package dev.waggle.stanza.message;

import dev.waggle.address.Jid;
import dev.waggle.address.MessageId;
import dev.waggle.crypto.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// Ids of messages that we send: `3EB0` and 18 upper-case hex digits of a hash over time, own user and 16 random
/// bytes.
public final class MessageIds {
    private static final String PREFIX = "3EB0";

    private MessageIds() {}

    public static MessageId draw(Jid self, Instant now, RandomGenerator random) {
        byte[] noise = new byte[16];
        random.nextBytes(noise);
        byte[] hash = Digest.sha256(
                ByteBuffer.allocate(8).putLong(now.getEpochSecond()).array(),
                (self.user() + "@c.us").getBytes(StandardCharsets.UTF_8),
                noise);
        return new MessageId(PREFIX + HexFormat.of().withUpperCase().formatHex(Arrays.copyOf(hash, 9)));
    }
}
