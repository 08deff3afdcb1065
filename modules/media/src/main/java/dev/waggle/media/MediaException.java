package dev.waggle.media;

import java.io.IOException;
import java.util.Locale;

/// A file that is not what its message says. The text is `name: value (expected: rule)` and shows no key and no
/// content.
public final class MediaException extends IOException {
    private static final long serialVersionUID = 1L;

    /// What does not fit.
    public enum Kind {
        /// The media key or a hash that it is compared with cannot be one.
        KEY,
        /// Too short to be a file, or cut within a block.
        SIZE,
        MAC,
        /// The hash of what the host gave.
        ENCRYPTED_HASH,
        /// The hash of the file itself.
        HASH,
        /// The MAC is right, the padding is not: the sender made it so.
        PADDING,
        /// As long as the host gave it, but not as long as the message says.
        LENGTH
    }

    private final Kind kind;

    MediaException(Kind kind, String name, String value, String rule) {
        super(name + ": " + value + " (expected: " + rule + ")");
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /// `encrypted-hash` and so on.
    public String reason() {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
