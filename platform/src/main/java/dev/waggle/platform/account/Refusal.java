package dev.waggle.platform.account;

/// Why a command was not carried out: a stable code and a sentence. Nothing was changed.
public record Refusal(Code code, String detail) {
    /// The codes that an account answers with. Each is a row of the admin room's problem table.
    public enum Code {
        ACCOUNT_NOT_FOUND,
        ACCOUNT_NOT_PAIRED,
        ACCOUNT_ALREADY_PAIRED,
        ACCOUNT_LOGGED_OUT,
        PAIRING_NOT_FOUND,
        PAIRING_IN_PROGRESS,
        PAIRING_EXPIRED,
        IDEMPOTENCY_MISMATCH,
        MESSAGE_NOT_FOUND,
        SEND_NOT_CANCELLABLE,
        TOO_MANY_SCHEDULED,
        MAILBOX_FULL,
        JOURNAL_UNAVAILABLE,
        PLUGIN_NOT_FOUND,
        STALE_STEP,
        INVALID_VALUE,
        MEDIA_NOT_FOUND,
        MEDIA_GONE,
        MEDIA_BROKEN,
        MEDIA_TOO_LARGE,
        MEDIA_BUSY,
        MEDIA_UNREACHABLE,
        MEDIA_STORE_FULL
    }

    public static Refusal of(Code code, String detail) {
        return new Refusal(code, detail);
    }
}
