package dev.waggle.platform.safekeeping;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ManifestFuzzTest {
    private static final Manifest WHOLE = new Manifest(
            "sqlite", Instant.parse("2026-03-01T10:00:00Z"), new TreeMap<>(Map.of("waggle.db", "0a".repeat(32))));

    @FuzzTest
    void any_text_is_a_manifest_or_refused(byte[] data) {
        read(new String(data, StandardCharsets.UTF_8));
    }

    @Test
    void a_manifest_comes_back_and_thousands_of_spoilt_ones_are_read_or_refused() {
        assertThat(Manifest.parse(WHOLE.text())).isEqualTo(WHOLE);
        Random random = new Random(33);
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder(WHOLE.text());
            text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(128));
            read(text.toString());
        }
    }

    private static void read(String text) {
        try {
            assertThat(Manifest.parse(text).files().keySet())
                    .allSatisfy(name -> assertThat(name).doesNotContain("/", ".."));
        } catch (SafekeepingException e) {
            assertThat(e).hasMessageContaining("(expected: ");
        }
    }
}
