package dev.waggle.stanza.message;

/// How one `enc` is encrypted.
public enum EncType {
    /// Opens a session.
    PRE_KEY("pkmsg"),
    WHISPER("msg"),
    SENDER_KEY("skmsg"),
    /// Sealed with the secret of another message; from bots.
    MESSAGE_SECRET("msmsg"),
    UNKNOWN("");

    private final String wire;

    EncType(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }

    public static EncType of(String wire) {
        for (EncType type : values()) {
            if (type.wire.equals(wire)) {
                return type;
            }
        }
        return UNKNOWN;
    }
}
