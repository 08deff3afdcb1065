package dev.waggle.platform.account.media;

import java.io.IOException;

/// A file that did not come or go.
public final class TransferException extends IOException {
    private static final long serialVersionUID = 1L;

    /// Why.
    public enum Kind {
        /// There is no such message, or it has no file.
        NO_FILE,
        /// The hosts do not have it any more, and the phone does not either.
        GONE,
        /// The file that came is not the one that its message names, at no host.
        BROKEN,
        /// Larger than a file may be.
        TOO_LARGE,
        /// Too many transfers wait, or the spool is full.
        BUSY,
        NO_ROOM,
        /// The account has no line to ask for hosts.
        NOT_CONNECTED,
        /// No host answered as it should; later one may.
        UNREACHABLE,
        /// Every host refuses the file for good.
        REFUSED
    }

    private final Kind kind;

    TransferException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
