package dev.waggle.stanza.stream;

import java.util.OptionalInt;

/// Why the server ends an established stream.
public enum StreamReason {
    /// 515: expected once after pairing.
    RESTART(515, new Consequence.Restart()),
    /// 401 without a named conflict.
    UNAUTHORIZED(401, new Consequence.LoggedOut()),
    /// 516, or a conflict `device_removed`: somebody unlinked this device.
    DEVICE_REMOVED(516, new Consequence.LoggedOut()),
    /// 409, or a conflict `replaced`.
    REPLACED(409, new Consequence.Replaced()),
    /// A conflict of a kind that we do not know: stop, but keep the credentials until somebody does.
    CONFLICT(0, new Consequence.Rejected()),
    /// 429
    TOO_MANY_REQUESTS(429, new Consequence.SlowDown(5)),
    /// 503
    UNAVAILABLE(503, new Consequence.Retry()),
    NOT_WELL_FORMED(0, new Consequence.Retry()),
    /// The server still waits for the ack of a stanza.
    ACK_OWED(0, new Consequence.Stay()),
    UNKNOWN(0, new Consequence.Stay());

    private final int code;
    private final Consequence consequence;

    StreamReason(int code, Consequence consequence) {
        this.code = code;
        this.consequence = consequence;
    }

    public static StreamReason of(OptionalInt code) {
        if (code.isPresent() && code.getAsInt() > 0) {
            for (StreamReason reason : values()) {
                if (reason.code == code.getAsInt()) {
                    return reason;
                }
            }
        }
        return UNKNOWN;
    }

    public static StreamReason ofConflict(String type) {
        return switch (type) {
            case "replaced" -> REPLACED;
            case "device_removed" -> DEVICE_REMOVED;
            default -> CONFLICT;
        };
    }

    public Consequence consequence() {
        return consequence;
    }
}
