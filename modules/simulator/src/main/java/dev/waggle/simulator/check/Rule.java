package dev.waggle.simulator.check;

/// What a client may not do: a stable short name, what the server answers (`ack error=` or `iq error code=`), and
/// whether it refuses the stanza or only writes it down.
public enum Rule {
    REGISTRATION_PAYLOAD("registration-payload", 400, true),
    REGISTRATION_SIGNATURE("registration-signature", 400, true),
    BUILD_HASH("build-hash", 400, true),
    UPLOAD_SHAPE("upload-shape", 400, true),
    UPLOAD_SIGNATURE("upload-signature", 400, true),
    UPLOAD_LIMIT("upload-limit", 400, true),
    /// Ids of one-time keys only grow (24 bits, then from the start), and an id never names two keys.
    UPLOAD_IDS("upload-ids", 400, true),
    MESSAGE_ID("message-id", 479, true),
    MESSAGE_SHAPE("message-shape", 479, true),
    ENC_SHAPE("enc-shape", 479, true),
    /// The ciphertext is not a Signal message.
    ENC_BYTES("enc-bytes", 479, true),
    /// A pre-key message shows an identity key or registration id that is not the sending device's.
    SENDER_IDENTITY("sender-identity", 479, true),
    PARTICIPANT_UNKNOWN("participant-unknown", 479, true),
    /// A copy for a device of somebody who is not in the chat, or for the sending device itself.
    PARTICIPANT_FOREIGN("participant-foreign", 479, true),
    PARTICIPANT_TWICE("participant-twice", 479, true),
    NOT_MEMBER("not-member", 403, true),
    ADDRESSING_MODE("addressing-mode", 421, true),
    DEVICE_IDENTITY_MISSING("device-identity-missing", 479, true),
    DEVICE_IDENTITY_WRONG("device-identity-wrong", 479, true),
    PHASH_SHAPE("phash-shape", 479, true),
    /// Written down only: a client whose view of the group is older than the server's is told by the ack.
    PHASH_MISMATCH("phash-mismatch", 479, false),
    /// A resend to one device that also carries a `participants` list.
    RESEND_FANOUT("resend-fanout", 479, true),
    RECEIPT_SHAPE("receipt-shape", 400, true),
    /// Written down only: the real server has long forgotten most ids.
    RECEIPT_UNKNOWN_ID("receipt-unknown-id", 400, false),
    RETRY_SHAPE("retry-shape", 400, true),
    /// Written down only: from the second retry on, keys belong into it.
    RETRY_KEYS_MISSING("retry-keys-missing", 400, false),
    RETRY_KEYS("retry-keys", 400, true);

    private final String code;
    private final int error;
    private final boolean refuses;

    Rule(String code, int error, boolean refuses) {
        this.code = code;
        this.error = error;
        this.refuses = refuses;
    }

    public String code() {
        return code;
    }

    public int error() {
        return error;
    }

    public boolean refuses() {
        return refuses;
    }
}
