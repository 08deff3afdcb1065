package dev.waggle.stanza.receipt;

/// Why a message could not be decrypted, as told to its sender.
public enum RetryReason {
    UNKNOWN,
    NO_SESSION,
    INVALID_KEY,
    INVALID_KEY_ID,
    INVALID_MESSAGE,
    INVALID_SIGNATURE,
    FUTURE_MESSAGE,
    BAD_MAC,
    INVALID_SESSION,
    INVALID_MESSAGE_KEY,
    BAD_BROADCAST_EPHEMERAL,
    NO_PRE_KEY,
    ADV_FAILURE,
    STATUS_REVOKE_DELAY;

    /// The number on the wire, 0..13.
    @SuppressWarnings("EnumOrdinal") // the wire's numbers are 0.. in this order
    public int code() {
        return ordinal();
    }

    public static RetryReason of(int code) {
        return code >= 0 && code < values().length ? values()[code] : UNKNOWN;
    }
}
