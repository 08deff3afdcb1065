package dev.waggle.storage.row;

import dev.waggle.address.Bytes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The secret of a message; no `expiresAt` means that it is kept for ever.
public record MsgSecret(
        MessageKey key, Bytes secret, @Nullable Instant expiresAt, Instant messageAt) {
    public MsgSecret {
        expiresAt = expiresAt == null ? null : Times.millis(expiresAt);
        messageAt = Times.millis(messageAt);
    }

    /// This row written over `older`: the later expiry and the later message time win.
    public MsgSecret over(MsgSecret older) {
        Instant expiry = expiresAt == null || older.expiresAt == null ? null : later(expiresAt, older.expiresAt);
        return new MsgSecret(key, secret, expiry, later(messageAt, older.messageAt));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
