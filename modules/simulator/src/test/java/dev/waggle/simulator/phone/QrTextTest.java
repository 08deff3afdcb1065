package dev.waggle.simulator.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.Bytes;
import dev.waggle.simulator.exchange.PhoneException;
import java.util.Base64;
import org.junit.jupiter.api.Test;

final class QrTextTest {
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String KEYS = KEY + ',' + KEY + ',' + KEY;

    @Test
    void the_forms_that_clients_show_are_read() {
        for (String text : new String[] {
            "2@ref," + KEYS,
            "2@ref," + KEYS + ",1",
            "https://wa.me/settings/linked_devices#2@ref," + KEYS + ",1",
            " 2@ref," + KEYS + "\n"
        }) {
            QrText qr = QrText.read(text);
            assertThat(qr.ref()).isEqualTo("2@ref");
            assertThat(qr.advSecret()).isEqualTo(Bytes.wrap(new byte[32]));
        }
    }

    @Test
    void what_is_no_qr_is_refused_by_name() {
        for (String text : new String[] {
            "",
            "2@ref",
            "," + KEYS,
            "2@ref," + KEYS + ",1,2",
            "2@ref,x,y,z",
            "2@ref,AAAA," + KEY + ',' + KEY,
            "x".repeat(3000)
        }) {
            assertThatThrownBy(() -> QrText.read(text))
                    .isInstanceOf(PhoneException.class)
                    .hasMessageMatching("qr.*: .* \\(expected: .*\\)");
        }
    }
}
