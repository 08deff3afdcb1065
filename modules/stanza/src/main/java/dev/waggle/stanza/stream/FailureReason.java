package dev.waggle.stanza.stream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Why a login was refused.
public enum FailureReason {
    GENERIC(400, new Consequence.Rejected()),
    LOGGED_OUT(401, new Consequence.LoggedOut()),
    TEMPORARILY_BANNED(402, new Consequence.BannedFor(Duration.ZERO, BanReason.UNKNOWN)),
    /// The primary device is gone or the account is locked.
    LOCKED(403, new Consequence.LoggedOut()),
    CLIENT_OUTDATED(405, new Consequence.Outdated()),
    BANNED(406, new Consequence.Banned()),
    BAD_USER_AGENT(409, new Consequence.Outdated()),
    CAT_EXPIRED(413, new Consequence.Rejected()),
    CAT_INVALID(414, new Consequence.Rejected()),
    NOT_FOUND(415, new Consequence.Rejected()),
    CLIENT_UNKNOWN(418, new Consequence.Rejected()),
    INTERNAL_ERROR(500, new Consequence.Retry()),
    EXPERIMENTAL(501, new Consequence.Rejected()),
    UNAVAILABLE(503, new Consequence.Retry()),
    /// A code that is not in this list. Credentials are never thrown away for a reason that we do not understand.
    UNKNOWN(0, new Consequence.Rejected());

    private final int code;
    private final Consequence consequence;

    FailureReason(int code, Consequence consequence) {
        this.code = code;
        this.consequence = consequence;
    }

    public int code() {
        return code;
    }

    public static FailureReason of(int code) {
        for (FailureReason reason : values()) {
            if (reason.code == code) {
                return reason;
            }
        }
        return UNKNOWN;
    }

    /// @param ban what the server told of a temporary ban, if it is one
    public Consequence consequence(@Nullable Ban ban) {
        return ban == null ? consequence : new Consequence.BannedFor(ban.remaining(), ban.reason());
    }
}
