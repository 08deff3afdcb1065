package dev.waggle.platform.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One attempt to link the account, as it reads from outside. `qr` and `code` are null when not (or no longer)
/// shown.
public record PairingView(
        String id,
        State state,
        String method,
        @Nullable String qr,
        @Nullable String code,
        @Nullable Instant expiresAt,
        @Nullable String problem) {

    public enum State {
        /// The connection is being made.
        OPENING,
        /// A QR or code is waiting for the phone.
        WAITING,
        /// The phone agreed; the link is being made durable and confirmed.
        CONFIRMING,
        PAIRED,
        EXPIRED,
        FAILED
    }

    public boolean over() {
        return state == State.PAIRED || state == State.EXPIRED || state == State.FAILED;
    }
}
