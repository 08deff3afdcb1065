package dev.waggle.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JidTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "5511999999999@s.whatsapp.net",
                "5511999999999:3@s.whatsapp.net",
                "5511999999999.1:3@s.whatsapp.net",
                "100000000000001@lid",
                "100000000000001.7:12@lid",
                "120363021033254949@g.us",
                "5511999999999-1456789@g.us",
                "status@broadcast",
                "120363@newsletter",
                "55119:99@hosted",
                "1-2@interop",
                "s.whatsapp.net"
            })
    void the_text_form_comes_back_as_it_was(String text) {
        assertThat(Jid.parse(text)).hasToString(text);
    }

    @Test
    void a_lid_user_keeps_its_dot() {
        assertThat(Jid.parse("100000000000001.7:12@lid").user()).isEqualTo("100000000000001.7");
    }

    @Test
    void the_hash_form_writes_both_numbers() {
        assertThat(Jid.pn("123").toAdString()).isEqualTo("123.0:0@s.whatsapp.net");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1:x@s.whatsapp.net",
                "1:@s.whatsapp.net",
                "1:65536@s.whatsapp.net",
                "1.256@s.whatsapp.net",
                "a@b@",
                "",
                "1:2:@lid"
            })
    void a_malformed_text_names_the_value_and_the_rule(String text) {
        assertThatThrownBy(() -> Jid.parse(text))
                .isInstanceOf(AddressException.class)
                .hasMessageContaining("expected");
    }

    @Test
    void signal_names_keep_domains_apart() {
        assertThat(DeviceAddress.of(Jid.lid("9").withDevice(2))).hasToString("9_1:2");
        assertThat(DeviceAddress.of(Jid.pn("9").withDevice(2))).hasToString("9:2");
    }
}
