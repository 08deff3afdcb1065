package dev.waggle.platform.account;

import dev.waggle.storage.StoreException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Why a command was not carried out: a stable code and a sentence. Nothing was changed, but with
/// `JOURNAL_UNAVAILABLE` and `OTHER_BUILD`: then nobody knows, and the same command under the same key finds out.
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
        STORAGE_FULL,
        PLUGIN_NOT_FOUND,
        STALE_STEP,
        INVALID_VALUE,
        MEDIA_NOT_FOUND,
        MEDIA_GONE,
        MEDIA_BROKEN,
        MEDIA_TOO_LARGE,
        MEDIA_BUSY,
        MEDIA_UNREACHABLE,
        MEDIA_STORE_FULL,
        /// Nodes of two builds run, and one of them does not know what the other said.
        OTHER_BUILD
    }

    /// The account is without its journal, or failed while the command was open.
    ///
    /// @param why what the journal said; null when it was something else
    static Refusal away(@Nullable Throwable why) {
        for (Throwable cause = why; cause != null; cause = cause.getCause()) {
            if (cause instanceof StoreException store && store.code() == StoreException.Code.STORAGE_FULL) {
                return of(Code.STORAGE_FULL, "the store has no room left");
            }
        }
        return of(
                Code.JOURNAL_UNAVAILABLE,
                why == null ? "the account failed and begins anew" : "the account's journal is away");
    }

    /// The code as people read it, such as `journal-unavailable`.
    String word() {
        return code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Refusal of(Code code, String detail) {
        return new Refusal(code, detail);
    }
}
