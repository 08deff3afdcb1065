package dev.waggle.stanza.stream;

import java.time.Duration;

/// A temporary ban.
///
/// @param code as sent, also when [#reason()] is unknown
/// @param remaining counted from when the server said it; zero when it did not say
public record Ban(int code, Duration remaining) {
    public BanReason reason() {
        return BanReason.of(code);
    }
}
