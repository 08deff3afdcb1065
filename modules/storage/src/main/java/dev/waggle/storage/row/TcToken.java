package dev.waggle.storage.row;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A contact's trust token. An empty token is a placeholder that only holds `senderAt`, when we last sent ours.
public record TcToken(
        Jid user, Bytes token, Instant tokenAt, @Nullable Instant senderAt) {
    public TcToken {
        user = user.bare();
        tokenAt = Times.millis(tokenAt);
        senderAt = senderAt == null ? null : Times.millis(senderAt);
    }
}
