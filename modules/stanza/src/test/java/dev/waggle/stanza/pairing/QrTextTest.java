package dev.waggle.stanza.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.stanza.Samples;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QrTextTest {
    private static final QrText QR =
            new QrText("2@abc/+=", Samples.bytes(32, 1), Samples.bytes(32, 2), Samples.bytes(32, 3), "1");
    private static final String KEY =
            Base64.getEncoder().encodeToString(Samples.bytes(32, 1).toArray());

    @Test
    void the_text_is_the_reference_three_keys_and_the_client() {
        String one = Base64.getEncoder().encodeToString(Samples.bytes(32, 1).toArray());
        String two = Base64.getEncoder().encodeToString(Samples.bytes(32, 2).toArray());
        String three = Base64.getEncoder().encodeToString(Samples.bytes(32, 3).toArray());

        assertThat(QR.text()).isEqualTo("2@abc/+=," + one + "," + two + "," + three + ",1");
        assertThat(QR.link()).isEqualTo("https://wa.me/settings/linked_devices#" + QR.text());
    }

    @Test
    void it_reads_with_and_without_link() {
        assertThat(QrText.parse(QR.text())).isEqualTo(QR);
        assertThat(QrText.parse(QR.link())).isEqualTo(QR);
        assertThat(QrText.parse(QR.text() + "\n")).isEqualTo(QR);
    }

    @Test
    void old_codes_have_no_client() {
        QrText old = new QrText("r", QR.noiseKey(), QR.identityKey(), QR.advSecret(), "");

        assertThat(old.text().split(",")).hasSize(4);
        assertThat(QrText.parse(old.text())).isEqualTo(old);
    }

    @Test
    void printing_one_does_not_tell_the_secret() {
        assertThat(QR.toString()).doesNotContain(KEY).doesNotContain("2@abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#", "a,b,c", "a,b,c,d", ",,,,", "r,AAAA,AAAA,AAAA,1", "a,b,c,d,e,f"})
    void what_is_no_code_is_refused(String text) {
        assertThatThrownBy(() -> QrText.parse(text)).isInstanceOf(PairingException.class);
    }

    @Test
    void an_endless_text_or_a_bad_client_is_refused() {
        assertThatThrownBy(() -> QrText.parse("x".repeat(2049))).isInstanceOf(PairingException.class);
        assertThatThrownBy(() -> QrText.parse("r," + KEY + "," + KEY + "," + KEY + ",a b"))
                .isInstanceOf(PairingException.class);
    }
}
