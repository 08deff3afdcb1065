package dev.waggle.address;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever the text, it is an identity that reads back as itself, or the one exception.
class AddressFuzzTest {
    private static final List<String> PIECES = List.of(
            "@",
            ":",
            ".",
            "0",
            "7",
            "255",
            "256",
            "65535",
            "65536",
            "4915100000001",
            "s.whatsapp.net",
            "lid",
            "c.us",
            "g.us",
            "hosted.lid",
            "status@broadcast",
            "-",
            "x",
            " ",
            "\u0000",
            "ä",
            "+");

    @FuzzTest
    void a_jid_reads_back_as_itself_or_is_refused(byte[] data) {
        jid(new String(data, StandardCharsets.UTF_8));
    }

    @FuzzTest
    void an_account_id_or_a_message_id_is_kept_or_refused(byte[] data) {
        ids(new String(data, StandardCharsets.UTF_8));
    }

    @Test
    void thousands_of_texts_out_of_pieces_are_read_or_refused() {
        Random random = new Random(17);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(8); n >= 0; n--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            read += jid(text.toString()) ? 1 : 0;
            ids(text.toString());
        }
        assertThat(read).isBetween(1_000, 19_000);
    }

    private static boolean jid(String text) {
        try {
            Jid jid = Jid.parse(text);
            assertThat(Jid.parse(jid.toString())).isEqualTo(jid);
            assertThat(DeviceAddress.of(jid).device()).isEqualTo(jid.device());
            return true;
        } catch (AddressException e) {
            refused(e);
            return false;
        }
    }

    private static void ids(String text) {
        try {
            assertThat(new AccountId(text)).hasToString(text);
        } catch (AddressException e) {
            refused(e);
        }
        try {
            assertThat(new MessageId(text)).hasToString(text);
        } catch (AddressException e) {
            refused(e);
        }
        try {
            assertThat(Bytes.hex(text).toHex()).isEqualToIgnoringCase(text);
        } catch (AddressException e) {
            refused(e);
        }
    }

    private static void refused(AddressException e) {
        assertThat(e.getMessage()).matches("(?s).+: .* \\(expected: .+\\)").hasSizeLessThan(200);
    }
}
