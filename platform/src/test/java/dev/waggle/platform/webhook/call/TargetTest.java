package dev.waggle.platform.webhook.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.platform.port.webhook.WebhookRefused;
import java.net.InetAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
    private static final Target STRICT = new Target(false, new AddressGuard(false));
    private static final Target OPEN = new Target(true, new AddressGuard(true));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks.example.com/waggle?token=a%20b", "https://1.1.1.1/", "https://[2606:4700::1111]:8443/x",
                "https://example.com:1", "https://feed.cafe/", "https://xn--nxasmq6b/"
            })
    void an_https_url_of_the_public_internet_is_taken(String url) {
        assertThat(STRICT.url(url)).isEqualTo(URI.create(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/",
                "ftp://example.com/",
                "example.com",
                "",
                "https://",
                "https:///x",
                "https:opaque",
                "https://user:secret@example.com/",
                "https://secret@example.com/",
                "https://example.com/#part",
                "https://example.com:70000/",
                "https://example.com:0/",
                "https://exa mple.com/",
                "https://127.0.0.1/",
                "https://127.1/",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0177.0.0.1/",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[fe80::1%25lo]/",
                "https://10.0.0.1:9200/",
                "https://169.254.169.254/latest/meta-data/",
                "https://0.0.0.0/",
                "javascript:alert(1)"
            })
    void anything_else_is_refused_without_saying_what_a_user_part_holds(String url) {
        assertThatThrownBy(() -> STRICT.url(url))
                .isInstanceOf(WebhookRefused.class)
                .hasMessageStartingWith("url: ")
                .hasMessageContaining("(expected: ")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void http_and_the_own_network_are_taken_when_they_are_allowed() {
        assertThat(OPEN.url("HTTP://127.0.0.1/x")).isEqualTo(URI.create("http://127.0.0.1/x"));
        assertThat(OPEN.url("http://localhost:1/")).isEqualTo(URI.create("http://localhost:1/"));
        assertThatThrownBy(() -> OPEN.url("http://0.0.0.0/")).isInstanceOf(WebhookRefused.class);
    }

    @Test
    void headers_are_sent_along_when_they_are_nobody_elses() {
        assertThat(Target.headers(Map.of("X-Team", "red", "Authorization", "Bearer x")))
                .containsEntry("x-team", "red");
        for (String reserved : new String[] {"Host", "webhook-signature", "Content-Length", "a b", "", "a:b", "ä"}) {
            assertThatThrownBy(() -> Target.headers(Map.of(reserved, "x"))).isInstanceOf(WebhookRefused.class);
        }
        assertThatThrownBy(() -> Target.headers(Map.of("X-A", "two\r\nlines")))
                .isInstanceOf(WebhookRefused.class)
                .message()
                .doesNotContain("lines");
        Map<String, String> twice = new HashMap<>(Map.of("X-A", "1"));
        twice.put("x-a", "2");
        assertThatThrownBy(() -> Target.headers(twice)).isInstanceOf(WebhookRefused.class);
    }

    /// What names stand for is judged when they are called: nothing is looked up here.
    @Test
    void a_name_is_not_looked_up() {
        assertThat(STRICT.url("https://localhost/")).isNotNull();
        assertThat(new AddressGuard(false).test(InetAddress.getLoopbackAddress()))
                .isFalse();
    }
}
