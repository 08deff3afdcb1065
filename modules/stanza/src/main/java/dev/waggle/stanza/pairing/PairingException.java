package dev.waggle.stanza.pairing;

/// Something that a phone or a server sent while linking does not hold. The text is `name: value (expected: rule)`
/// and never holds key bytes.
public final class PairingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Which answer the server is owed.
    public enum Reason {
        /// Not the layout that it should have.
        MALFORMED(500, "internal-error"),
        /// Made by somebody who does not know the secret in our QR code.
        HMAC_MISMATCH(401, "hmac-mismatch"),
        /// Not signed by the key that it names.
        SIGNATURE_MISMATCH(401, "signature-mismatch");

        private final int code;
        private final String text;

        Reason(int code, String text) {
            this.code = code;
            this.text = text;
        }

        public int code() {
            return code;
        }

        public String text() {
            return text;
        }
    }

    private final Reason reason;

    PairingException(Reason reason, String name, String value, String rule) {
        super(name + ": " + value + " (expected: " + rule + ")");
        this.reason = reason;
    }

    static PairingException malformed(String name, String value, String rule) {
        return new PairingException(Reason.MALFORMED, name, value, rule);
    }

    public Reason reason() {
        return reason;
    }
}
