package dev.waggle.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.transport.Egress.Login;
import dev.waggle.transport.Egress.Proxy;
import dev.waggle.transport.Egress.Proxy.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyUrlTest {
    @Test
    void a_proxy_is_read_as_it_is_written() {
        assertThat(ProxyUrl.parse("socks5://proxy.example:1080"))
                .isEqualTo(new Proxy(Kind.SOCKS5, "proxy.example", 1080, null));
        assertThat(ProxyUrl.parse("HTTP://Proxy.Example:8080"))
                .isEqualTo(new Proxy(Kind.HTTP_CONNECT, "proxy.example", 8080, null));
        assertThat(ProxyUrl.parse("socks5://bee:p%40ss%21@[2001:db8::1]:1"))
                .isEqualTo(new Proxy(Kind.SOCKS5, "2001:db8::1", 1, new Login("bee", "p@ss!")));
        assertThat(ProxyUrl.parse("http://b%C3%A9e:@10.0.0.1:65535"))
                .isEqualTo(new Proxy(Kind.HTTP_CONNECT, "10.0.0.1", 65_535, new Login("bée", "")));
    }

    @Test
    void it_is_written_so_that_it_is_read_as_the_same() {
        for (Proxy proxy : new Proxy[] {
            new Proxy(Kind.SOCKS5, "proxy.example", 1080, null),
            new Proxy(Kind.SOCKS5, "2001:db8::1", 1080, new Login("a:b@c/d", " %?#[]")),
            new Proxy(Kind.HTTP_CONNECT, "10.0.0.1", 80, new Login("bée", "ü€𝄞"))
        }) {
            assertThat(ProxyUrl.parse(ProxyUrl.write(proxy))).isEqualTo(proxy);
        }
    }

    @Test
    void people_are_not_shown_the_password() {
        Proxy proxy = ProxyUrl.parse("socks5://bee:secret@proxy.example:1080");
        assertThat(ProxyUrl.redacted(proxy)).isEqualTo("socks5://bee:***@proxy.example:1080");
        assertThat(proxy.toString()).doesNotContain("secret");
        assertThat(ProxyUrl.redacted(null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "proxy.example:1080",
                "socks4://proxy.example:1080",
                "https://proxy.example:1080",
                "socks5://proxy.example",
                "socks5://proxy.example:",
                "socks5://proxy.example:0",
                "socks5://proxy.example:65536",
                "socks5://proxy.example:99999999999",
                "socks5://proxy.example:1080/",
                "socks5://proxy.example:1080?x",
                "socks5://:1080",
                "socks5://-:1080",
                "socks5://[::1:1080",
                "socks5://2001:db8::1:1080",
                "socks5://bee@proxy.example:1080",
                "socks5://:secret@proxy.example:1080",
                "socks5://bee:@proxy.example:1080",
                "socks5://bee:sec ret@proxy.example:1080",
                "socks5://bee:sec%ret@proxy.example:1080",
                "socks5://bee:sec%2@proxy.example:1080",
                "socks5://bee:secr%C3%A9t@proxy.example:1080",
                "http://b%3Aee:secret@proxy.example:1080",
                "http://bee:secret%0A@proxy.example:1080",
                "http://bee:secret%FF@proxy.example:1080",
                "http://bee:sec:ret@proxy.example:1080",
                "http://bee:sec@ret@proxy.example:1080"
            })
    void what_is_no_proxy_is_refused_without_showing_the_password(String text) {
        assertThatThrownBy(() -> ProxyUrl.parse(text))
                .isInstanceOf(ProxyUrlException.class)
                .hasMessageStartingWith("proxy: ")
                .hasMessageContaining("(expected: ")
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("ret@");
    }

    @Test
    void a_text_of_any_length_is_refused_by_its_length() {
        assertThatThrownBy(() -> ProxyUrl.parse("http://" + "a".repeat(2_000) + ":1"))
                .hasMessageContaining("a text of 2009 characters");
        String user = "u".repeat(256);
        assertThatThrownBy(() -> ProxyUrl.parse("socks5://" + user + ":p@proxy.example:1080"))
                .isInstanceOf(ProxyUrlException.class);
    }
}
