package dev.waggle.wire.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.Bytes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpeningTest {
    private static final Bytes ROUTING = Bytes.hex("0802080c");

    @Test
    void the_preamble_is_magic_length_and_hint() {
        assertThat(Bytes.of(EdgeRouting.preamble(ROUTING)).toHex()).isEqualTo("45440001" + "000004" + "0802080c");
        assertThat(EdgeRouting.preamble(Bytes.EMPTY)).isEmpty();
        assertThatThrownBy(() -> EdgeRouting.preamble(Bytes.wrap(new byte[4097])))
                .isInstanceOf(FrameException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"57410603", "454400010000040802080c57410603"})
    void an_opening_is_whole_at_its_last_byte_and_not_before(String hex) {
        byte[] whole = Bytes.hex(hex).toArray();
        for (int size = 0; size < whole.length; size++) {
            assertThat(Opening.read(Arrays.copyOf(whole, size))).isEqualTo(new Opening.Partial());
        }
        Bytes routing = whole.length == 4 ? Bytes.EMPTY : ROUTING;
        assertThat(Opening.read(whole)).isEqualTo(new Opening.Whole(routing, whole.length));
        assertThat(Opening.read(Arrays.copyOf(whole, whole.length + 9)))
                .isEqualTo(new Opening.Whole(routing, whole.length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"58", "5742", "57410503", "474554", "4545", "4544000200", "45440001ffffff", "4544000100000047"})
    void other_bytes_are_refused_at_the_first_wrong_one(String hex) {
        assertThatThrownBy(() -> Opening.read(Bytes.hex(hex).toArray()))
                .isInstanceOf(FrameException.class)
                .hasMessageContaining("(expected: ");
    }
}
