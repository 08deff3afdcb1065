package dev.waggle.stanza.receipt;

import java.util.Optional;

/// Why a stanza is refused: what we tell the server, and what it tells us in `ack error=`.
public enum NackCode {
    /// A direct message to the wrong one of a user's two names.
    WRONG_NAMESPACE(400),
    /// The group's addressing changed; its metadata is old.
    STALE_GROUP_ADDRESSING(421),
    /// Writing first to this user is not allowed without a token; never retried.
    REACHOUT_LOCKED(463),
    /// The limit of new chats is reached.
    NEW_CHAT_CAP(475),
    /// The server found the stanza malformed.
    INVALID_STANZA(479),
    PARSING(487),
    UNRECOGNIZED_STANZA(488),
    UNRECOGNIZED_CLASS(489),
    UNRECOGNIZED_TYPE(490),
    INVALID_PROTOBUF(491),
    INVALID_HOSTED_COMPANION(493),
    MISSING_MESSAGE_SECRET(495),
    OLD_COUNTER(496),
    DELETED_ON_PEER(499),
    UNHANDLED(500),
    UNSUPPORTED_ADMIN_REVOKE(550),
    UNSUPPORTED_LID_GROUP(551),
    DATABASE_FAILED(552);

    private final int code;

    NackCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public static Optional<NackCode> of(int code) {
        for (NackCode nack : values()) {
            if (nack.code == code) {
                return Optional.of(nack);
            }
        }
        return Optional.empty();
    }
}
