package dev.waggle.stanza;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waggle.address.AddressException;
import dev.waggle.stanza.login.ClientVersion;
import dev.waggle.stanza.login.LoginException;
import dev.waggle.stanza.message.ChatAddress;
import dev.waggle.stanza.pairing.PairCode;
import dev.waggle.stanza.pairing.PairingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What people type: chats, versions and pairing codes read as themselves, or are refused by their one exception.
class TextsFuzzTest {
    private static final List<String> PIECES = List.of(
            "+",
            "4915100000002",
            "@",
            "s.whatsapp.net",
            "c.us",
            "lid",
            "g.us",
            ":7",
            ".1",
            "2.3000.",
            "1043857760",
            "9999999999",
            "ABCD",
            "-",
            "1234",
            "O0IL",
            " ",
            "٣",
            "\u0000",
            "status@broadcast");

    @FuzzTest
    void a_typed_text_is_read_or_refused(byte[] data) {
        typed(new String(data, StandardCharsets.UTF_8));
    }

    @Test
    void thousands_of_texts_out_of_pieces_are_read_or_refused() {
        Random random = new Random(23);
        for (int i = 0; i < 10_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(5); n >= 0; n--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            typed(text.toString());
        }
        assertThat(ChatAddress.parse("+4915100000002")).isEqualTo(ChatAddress.parse("4915100000002@c.us"));
    }

    private static void typed(String text) {
        try {
            assertThat(ChatAddress.parse(ChatAddress.parse(text).toString())).isEqualTo(ChatAddress.parse(text));
        } catch (AddressException e) {
            assertThat(e).hasMessageContaining("(expected: ");
        }
        try {
            assertThat(ClientVersion.parse(ClientVersion.parse(text).toString()))
                    .isEqualTo(ClientVersion.parse(text));
        } catch (LoginException e) {
            assertThat(e).hasMessageContaining("(expected: ");
        }
        try {
            assertThat(PairCode.parse(PairCode.parse(text).display())).isEqualTo(PairCode.parse(text));
        } catch (PairingException e) {
            assertThat(e).hasMessageContaining("(expected: ");
        }
    }
}
