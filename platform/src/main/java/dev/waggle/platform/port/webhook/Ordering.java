package dev.waggle.platform.port.webhook;

import java.util.Locale;

/// What waits for what: within one lane an event is sent only after the one before it was taken. Names are stored:
/// never rename one.
public enum Ordering {
    /// All events of an account are one lane.
    ACCOUNT,
    /// Each chat is a lane; events without a chat are one more.
    CHAT;

    /// As in JSON.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
