package dev.waggle.simulator.phone;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waggle.simulator.exchange.PhoneException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What a phone scans is a QR of ours, or refused with the value and the rule.
class ScannedTextFuzzTest {
    private static final String KEY = "A".repeat(43) + "=";
    private static final String QR =
            "https://wa.me/settings/linked_devices#2@ref," + KEY + "," + KEY + "," + KEY + ",1";

    @FuzzTest
    void a_scanned_text_is_read_or_refused(byte[] data) {
        check(new String(data, StandardCharsets.UTF_8));
    }

    @Test
    void thousands_of_spoilt_texts_are_read_or_refused() {
        assertThat(QrText.read(QR).ref()).isEqualTo("2@ref");
        Random dice = new Random(43);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder(QR);
            text.setCharAt(dice.nextInt(text.length()), (char) dice.nextInt(0x180));
            text.setLength(text.length() - dice.nextInt(2));
            check(text.toString());
        }
    }

    private static void check(String text) {
        try {
            assertThat(QrText.read(text).noiseKey().size()).isEqualTo(32);
        } catch (PhoneException e) {
            assertThat(e).hasMessageContaining("(expected: ");
        }
    }
}
