package dev.waggle.platform.webhook.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0                              | PT0S
            120                            | PT2M
            ' 7 '                          | PT7S
            Sun, 01 Mar 2026 10:01:00 GMT  | PT1M
            Sun, 01 Mar 2026 09:00:00 GMT  | PT0S
            -5                             | PT0S
            1.5                            | PT0S
            99999999999                    | PT0S
            soon                           | PT0S
            ''                             | PT0S
            """)
    void seconds_and_dates_are_read_and_anything_else_asks_for_nothing(String text, Duration expected) {
        assertThat(RetryAfter.parse(text, NOW)).isEqualTo(expected);
    }
}
