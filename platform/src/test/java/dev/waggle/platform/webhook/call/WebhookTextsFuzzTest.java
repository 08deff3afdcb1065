package dev.waggle.platform.webhook.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waggle.address.AddressException;
import dev.waggle.platform.port.webhook.DeadLetter;
import dev.waggle.platform.port.webhook.WebhookRefused;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What people and receivers write: addresses, headers, times to wait, names of dead letters.
class WebhookTextsFuzzTest {
    private static final Target TARGET = new Target(false, new AddressGuard(false));
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String[] SOUND = {
        "https://user@hooks.example.com:8443/waggle?x=%20#y",
        "https://[::ffff:127.0.0.1]/",
        "https://0177.0x1.2130706433/",
        "Sun, 01 Mar 2026 10:01:00 GMT",
        "bee.4711"
    };

    @FuzzTest
    void any_text_is_read_or_refused(byte[] data) {
        read(new String(data, StandardCharsets.UTF_8));
    }

    @Test
    void thousands_of_spoilt_ones_are_read_or_refused() {
        Random random = new Random(12);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder(SOUND[random.nextInt(SOUND.length)]);
            for (int change = random.nextInt(4); change >= 0; change--) {
                text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(128));
            }
            read(text.toString());
        }
    }

    private static void read(String text) {
        try {
            URI url = TARGET.url(text);
            assertThat(url.getScheme()).isEqualTo("https");
            assertThat(url.getHost()).isNotNull();
            assertThat(url.getUserInfo()).isNull();
        } catch (WebhookRefused e) {
            assertThat(e).hasMessageContaining("(expected: ");
        }
        try {
            Target.headers(Map.of(text, text));
        } catch (WebhookRefused e) {
            assertThat(e).hasMessageContaining("(expected: ");
        }
        try {
            DeadLetter.Ref ref = DeadLetter.Ref.parse(text);
            assertThat(DeadLetter.Ref.parse(ref.toString())).isEqualTo(ref);
        } catch (AddressException e) {
            assertThat(e).hasMessageContaining("(expected: ");
        }
        assertThat(RetryAfter.parse(text, NOW)).isGreaterThanOrEqualTo(Duration.ZERO);
    }
}
