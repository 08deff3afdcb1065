package dev.waggle.stanza.receipt;

import org.jspecify.annotations.Nullable;

/// What became of a message at the device that says so.
public enum ReceiptType {
    /// No attribute at all.
    DELIVERED(""),
    /// Delivered to a client that is not in the foreground.
    INACTIVE("inactive"),
    /// Another device of ours took its copy.
    SENDER("sender"),
    READ("read"),
    /// Read by another device of ours, with read receipts off.
    READ_SELF("read-self"),
    PLAYED("played"),
    PLAYED_SELF("played-self"),
    /// Could not be decrypted.
    RETRY("retry"),
    /// A call's key could not be decrypted.
    ENC_REKEY_RETRY("enc_rekey_retry"),
    PEER("peer_msg"),
    HISTORY("hist_sync"),
    /// A file is gone from the server and is asked for again.
    SERVER_ERROR("server-error"),
    UNKNOWN("?");

    private final String wire;

    ReceiptType(String wire) {
        this.wire = wire;
    }

    /// The attribute's value, null when the attribute is left out.
    public @Nullable String wire() {
        return this == DELIVERED ? null : wire;
    }

    public static ReceiptType of(@Nullable String wire) {
        for (ReceiptType type : values()) {
            if (type.wire.equals(wire == null ? "" : wire)) {
                return type;
            }
        }
        return UNKNOWN;
    }
}
