package dev.waggle.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever a person writes is a proxy that reads back as itself, or is refused without showing what was written.
class ProxyUrlFuzzTest {
    private static final String SECRET = "s3cr3tS3cr3t";

    private static void parse(String text) {
        Egress.Proxy proxy;
        try {
            proxy = ProxyUrl.parse(text);
        } catch (ProxyUrlException e) {
            assertThat(e.getMessage())
                    .startsWith("proxy: ")
                    .contains(" (expected: ")
                    .doesNotContain(SECRET);
            return;
        }
        assertThat(ProxyUrl.parse(ProxyUrl.write(proxy))).isEqualTo(proxy);
        assertThat(ProxyUrl.write(proxy)).hasSizeLessThanOrEqualTo(ProxyUrl.LENGTH_MAX);
        assertThat(proxy.port()).isBetween(1, 65_535);
        assertThat(proxy.host()).isNotEmpty();
        Egress.Login login = proxy.login();
        if (login != null) {
            // A user may be called as the password is, and a host too: only the last word is hidden.
            assertThat(ProxyUrl.redacted(proxy)).contains(":***@");
            assertThat(login.user()).isNotEmpty();
        }
    }

    @FuzzTest
    void a_proxy_reads_back_as_itself_or_is_refused(byte[] bytes) {
        parse(new String(bytes, StandardCharsets.UTF_8));
    }

    @Test
    void spoilt_proxies_are_refused_too() {
        Random random = new Random(7);
        String whole = "socks5://bee:" + SECRET + "@proxy.example:1080";
        for (int i = 0; i < 20_000; i++) {
            char[] spoilt = whole.toCharArray();
            for (int j = 0; j <= random.nextInt(4); j++) {
                spoilt[random.nextInt(spoilt.length)] = (char) random.nextInt(i % 2 == 0 ? 128 : 0x10000);
            }
            parse(new String(spoilt));
        }
    }
}
