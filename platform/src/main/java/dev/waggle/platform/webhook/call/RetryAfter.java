package dev.waggle.platform.webhook.call;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/// The header of that name (RFC 9110, 10.2.3): seconds, or a date. What is neither asks for nothing.
final class RetryAfter {
    private RetryAfter() {}

    static Duration parse(String text, Instant now) {
        String plain = text.strip();
        if (plain.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(plain));
        }
        try {
            Instant until = ZonedDateTime.parse(plain, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
        } catch (DateTimeException _) {
            return Duration.ZERO;
        }
    }
}
