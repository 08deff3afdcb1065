package dev.waggle.simulator.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.simulator.check.FieldException;
import dev.waggle.simulator.check.FieldsWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ContentTest {
    private static final Jid GROUP = Jid.group("1");

    @Test
    void texts_are_read_plain_extended_and_from_copies() {
        Bytes extended = new FieldsWriter()
                .message(6, new FieldsWriter().text(1, "long"))
                .done();

        assertThat(Content.read(Content.text("hi")).text()).contains("hi");
        assertThat(Content.read(extended).text()).contains("long");
        Content copy = Content.read(Content.sentCopy(Jid.lid("5"), Content.text("mine")));
        assertThat(copy.text()).contains("mine");
        assertThat(copy.sentTo()).contains(Jid.lid("5"));
    }

    @Test
    void keys_alone_are_nothing_to_hear_and_other_things_are() {
        Bytes key = Bytes.hex("010203");

        assertThat(Content.read(Content.senderKey(GROUP, key)).senderKey()).contains(key);
        assertThat(Content.read(Content.senderKey(GROUP, key)).other()).isFalse();
        assertThat(Content.read(Content.withKey(GROUP, key, Content.text("x"))).text())
                .contains("x");
        assertThat(Content.read(new FieldsWriter().text(3, "image").done()).other())
                .isTrue();
    }

    @Test
    void a_copy_for_nowhere_is_refused() {
        Bytes wrong = Content.sentCopy(Jid.lid("5"), Content.text("x"));
        byte[] bytes = wrong.toArray();
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("5@");
        bytes[at] = ':';

        assertThatThrownBy(() -> Content.read(Bytes.wrap(bytes))).isInstanceOf(FieldException.class);
    }

    @Test
    void padding_comes_off_again_and_none_is_refused() {
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < 100; i++) {
            byte[] padded = Padding.pad(Bytes.utf8("hello"), random);
            assertThat(padded.length).isBetween(6, 21);
            assertThat(Padding.strip(Bytes.wrap(padded))).contains(Bytes.utf8("hello"));
        }
        assertThat(Padding.strip(Bytes.EMPTY)).isEmpty();
        assertThat(Padding.strip(Bytes.hex("00"))).isEmpty();
        assertThat(Padding.strip(Bytes.hex("0103"))).isEmpty();
        assertThat(Padding.strip(Bytes.hex("010203"))).isEmpty();
    }

    @Test
    void random_bytes_are_read_or_refused() {
        Random random = new Random(3);
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            try {
                Content.read(Bytes.wrap(bytes));
            } catch (FieldException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }
}
