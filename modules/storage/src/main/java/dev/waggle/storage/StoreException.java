package dev.waggle.storage;

import java.util.Locale;

/// A store call that did not happen, or whose outcome is unknown when [Code#STORAGE_UNAVAILABLE]. "Not found" is
/// never one of these. The message names the cause and never a stored value.
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Stable reasons; [#text()] is the form in problems, logs and metrics.
    public enum Code {
        /// No room left; nothing of the batch was written. Writing again works once there is room.
        STORAGE_FULL(true),
        /// The store cannot be reached, is closed, or failed in a way that may pass.
        STORAGE_UNAVAILABLE(true),
        /// The queue of the store is full; nothing was written.
        STORAGE_BUSY(true),
        /// Another process owns the store.
        STORAGE_LOCKED(true),
        /// What is stored is not what was written.
        STORAGE_CORRUPT(false),
        /// A write breaks a rule of the store (a duplicate, a size limit); nothing of the batch was written.
        STORAGE_REFUSED(false),
        /// A sealed value that this key does not open: another master key, or an account whose data key was
        /// destroyed.
        STORAGE_SEALED(false);

        private final boolean retryable;

        Code(boolean retryable) {
            this.retryable = retryable;
        }

        public boolean retryable() {
            return retryable;
        }

        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Code code;

    public StoreException(Code code, String detail) {
        super(code.text() + ": " + detail);
        this.code = code;
    }

    public StoreException(Code code, String detail, Throwable cause) {
        super(code.text() + ": " + detail, cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }

    /// Whether this failure, or what caused it, is a store that does not answer at the moment.
    public static boolean isAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StoreException store) {
                return store.code == Code.STORAGE_UNAVAILABLE || store.code == Code.STORAGE_BUSY;
            }
        }
        return false;
    }
}
