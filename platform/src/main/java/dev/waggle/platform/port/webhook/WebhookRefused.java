package dev.waggle.platform.port.webhook;

/// A webhook was asked for something that cannot be; nothing was changed. The message is `name: value (expected:
/// rule)`, or a sentence.
public final class WebhookRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Each is a row of the admin room's problem table.
    public enum Code {
        WEBHOOK_NOT_FOUND,
        ACCOUNT_NOT_SELECTED,
        DEAD_LETTER_NOT_FOUND,
        SECRET_NOT_FOUND,
        TOO_MANY_WEBHOOKS,
        INVALID_VALUE,
        /// Nodes of two builds run, and one of them does not know what the other said.
        OTHER_BUILD
    }

    private final Code code;

    public WebhookRefused(Code code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    public static WebhookRefused invalid(String name, String value, String rule) {
        String shown = value.length() > 80 ? value.substring(0, 80) + "…" : value;
        return new WebhookRefused(Code.INVALID_VALUE, name + ": " + shown + " (expected: " + rule + ")");
    }

    public Code code() {
        return code;
    }
}
