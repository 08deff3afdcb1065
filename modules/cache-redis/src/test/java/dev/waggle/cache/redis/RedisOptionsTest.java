package dev.waggle.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waggle.storage.cache.CacheSettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisOptionsTest {
    private static RedisOptions of(Map<String, String> options) {
        return RedisOptions.of(new CacheSettings(Map.of(), options));
    }

    @Test
    void the_address_is_taken_apart() {
        RedisOptions options = of(Map.of("url", "rediss://cache.example:7000/3", "user", "u", "password", "p"));
        assertThat(options.place()).isEqualTo("cache.example:7000");
        assertThat(options.server().getDatabase()).isEqualTo(3);
        assertThat(options.server().isSsl()).isTrue();
        assertThat(options.toString()).doesNotContain("p@").doesNotContain("password");
        assertThat(of(Map.of()).place()).startsWith("127.0.0.1:");
    }

    @ParameterizedTest
    @CsvSource({
        "url, http://host:1, redis://",
        "url, redis://user:secret@host, login",
        "url, redis://host/x, redis://",
        "url, not an address, redis://",
        "timeout-millis, 0, 1..10000",
        "timeout-millis, soon, 1..10000",
        "prefix, a*b, 0..32",
        "trust-file, /no/such/file.pem, readable"
    })
    void an_option_that_breaks_its_rule_is_named(String name, String value, String rule) {
        assertThatThrownBy(() -> of(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cache option " + name)
                .hasMessageContaining(rule)
                .hasMessageNotContaining("secret");
    }

    @FuzzTest
    void any_address_is_read_or_refused(@Nullable String url) {
        if (url == null) {
            return;
        }
        try {
            assertThat(of(Map.of("url", url)).place()).isNotEmpty();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("cache option url");
        }
    }
}
