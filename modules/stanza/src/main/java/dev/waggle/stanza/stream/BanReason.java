package dev.waggle.stanza.stream;

/// Why an account was banned for a time, as far as the server tells.
public enum BanReason {
    /// Too many messages to people who do not have this number in their address book.
    STRANGERS_MESSAGED(101),
    /// Too many people blocked the number.
    BLOCKED_BY_MANY(102),
    /// Too many groups with people who do not have this number in their address book.
    STRANGERS_GROUPED(103),
    /// The same message to too many people.
    SAME_MESSAGE(104),
    /// Too many messages to a broadcast list.
    BROADCAST(106),
    UNKNOWN(0);

    private final int code;

    BanReason(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public static BanReason of(int code) {
        for (BanReason reason : values()) {
            if (reason.code == code) {
                return reason;
            }
        }
        return UNKNOWN;
    }
}
