package dev.waggle.wire.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waggle.address.Bytes;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What a server reads first: however it is cut, the same opening or the one exception.
class OpeningFuzzTest {
    private static final byte[] ROUTED =
            Bytes.hex("454400010000" + "03aabbcc" + "57410603" + "000001ff").toArray();

    @FuzzTest
    void an_opening_does_not_depend_on_the_cut(byte[] received) {
        check(received);
    }

    @Test
    void thousands_of_spoilt_openings_do_not_depend_on_the_cut() {
        Random random = new Random(5);
        for (int i = 0; i < 5_000; i++) {
            byte[] spoilt = Arrays.copyOf(ROUTED, 1 + random.nextInt(ROUTED.length));
            spoilt[random.nextInt(spoilt.length)] ^= (byte) (1 << random.nextInt(8));
            check(spoilt);
        }
        assertThat(Opening.read(ROUTED)).isEqualTo(new Opening.Whole(Bytes.hex("aabbcc"), 14));
    }

    private static void check(byte[] received) {
        Opening last = new Opening.Partial();
        int size = 0;
        try {
            while (last instanceof Opening.Partial && size < received.length) {
                last = Opening.read(Arrays.copyOf(received, ++size));
            }
        } catch (FrameException e) {
            assertThat(e).hasMessageContaining("(expected: ");
            int refusedAt = size;
            assertThat(refused(received))
                    .as("refused at byte %d, but not at once", refusedAt)
                    .isTrue();
            return;
        }
        if (last instanceof Opening.Whole whole) {
            assertThat(whole.size()).isEqualTo(size);
        }
        assertThat(Opening.read(received)).isEqualTo(last);
    }

    private static boolean refused(byte[] received) {
        try {
            Opening.read(received);
            return false;
        } catch (FrameException e) {
            return true;
        }
    }
}
