package dev.waggle.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waggle.address.Bytes;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FieldsTest {
    @Test
    void what_was_written_is_read() {
        Bytes inner = new FieldsWriter().number(1, -1).done();
        Fields fields = Fields.read(
                "m",
                new FieldsWriter()
                        .number(1, 300)
                        .text(2, "hi")
                        .bytes(17, inner)
                        .number(1, 301)
                        .done());

        assertThat(fields.requireNumber(1)).isEqualTo(301);
        assertThat(fields.require(2, 2).toUtf8()).isEqualTo("hi");
        assertThat(fields.message(17, "inner").orElseThrow().requireNumber(1)).isEqualTo(-1);
        assertThat(fields.number(9, 4)).isEqualTo(4);
        assertThat(fields.only(1, 2, 17)).isTrue();
        assertThat(fields.only(1, 2)).isFalse();
    }

    @Test
    void fixed_fields_are_little_endian() {
        Fields fields = Fields.read("m", Bytes.hex("0d01020000" + "110100000000000080"));

        assertThat(fields.requireNumber(1)).isEqualTo(0x201);
        assertThat(fields.requireNumber(2)).isEqualTo(0x8000000000000001L);
    }

    @Test
    void malformed_bytes_name_the_value_and_the_rule() {
        for (String hex : new String[] {"0a", "0a05aa", "08", "00", "0b", "08ffffffffffffffffffff01", "0aff7f00"}) {
            assertThatThrownBy(() -> Fields.read("m", Bytes.hex(hex)))
                    .isInstanceOf(FieldException.class)
                    .hasMessageMatching("m.*: .* \\(expected: .*\\)");
        }
    }

    @Test
    void wrong_lengths_and_kinds_are_refused() {
        Fields fields =
                Fields.read("m", new FieldsWriter().number(1, 1).text(2, "abc").done());

        assertThatThrownBy(() -> fields.require(1)).isInstanceOf(FieldException.class);
        assertThatThrownBy(() -> fields.requireNumber(2)).isInstanceOf(FieldException.class);
        assertThatThrownBy(() -> fields.require(2, 4)).isInstanceOf(FieldException.class);
        assertThatThrownBy(() -> fields.requireKey(2)).isInstanceOf(FieldException.class);
        assertThatThrownBy(() -> fields.require(3)).isInstanceOf(FieldException.class);
    }

    @Test
    void random_bytes_are_read_or_refused() {
        Random random = new Random(11);
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            refused += survives(bytes) ? 0 : 1;
        }
        assertThat(refused).isPositive();
    }

    @FuzzTest
    void any_bytes_are_read_or_refused(byte[] bytes) {
        survives(bytes);
    }

    private static boolean survives(byte[] bytes) {
        boolean read = false;
        for (String type : new String[] {"msg", "pkmsg", "skmsg"}) {
            try {
                CipherHeader.read(type, Bytes.of(bytes));
            } catch (FieldException e) {
                assertThat(e).hasMessageContaining("expected");
            }
        }
        try {
            Fields.read("m", Bytes.of(bytes));
            read = true;
        } catch (FieldException e) {
            assertThat(e).hasMessageContaining("expected");
        }
        return read;
    }
}
