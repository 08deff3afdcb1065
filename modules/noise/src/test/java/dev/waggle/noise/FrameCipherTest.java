package dev.waggle.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.crypto.AesGcm;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FrameCipherTest {
    private static final byte[] NONE = {};
    private static final byte[] ONE = filled(1);
    private static final byte[] OTHER = filled(2);
    private static final byte[] TEXT = {10, 20, 30, 40, 50};

    private final FrameCipher client = new FrameCipher(ONE, OTHER);
    private final FrameCipher server = new FrameCipher(OTHER, ONE);

    private static byte[] filled(int value) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) value);
        return key;
    }

    @Test
    void frames_are_sealed_under_counters_from_zero_in_each_direction() {
        for (int i = 0; i < 300; i++) {
            byte[] nonce = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) (i >> 8), (byte) i};
            assertThat(client.seal(TEXT)).isEqualTo(AesGcm.seal(ONE, nonce, NONE, TEXT));
            assertThat(server.seal(TEXT)).isEqualTo(AesGcm.seal(OTHER, nonce, NONE, TEXT));
        }
    }

    @Test
    void frames_of_every_size_are_opened_in_order() {
        for (int size = 0; size < 2_000; size += 37) {
            byte[] text = new byte[size];
            byte[] frame = client.seal(text);
            assertThat(frame).hasSize(size + FrameCipher.OVERHEAD);
            assertThat(server.open(frame)).isEqualTo(text);
        }
    }

    @Test
    void frames_pass_in_order_whenever_a_side_rests() {
        for (int i = 0; i < 200; i++) {
            byte[] nonce = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) i};
            byte[] frame = client.seal(TEXT);
            assertThat(frame).as("frame %d", i).isEqualTo(AesGcm.seal(ONE, nonce, NONE, TEXT));
            assertThat(server.open(frame)).isEqualTo(TEXT);
            if (i % 7 == 0 || i % 50 > 40) {
                client.rest();
            }
            if (i % 60 == 0) {
                server.rest();
            }
        }
    }

    @Test
    void parts_of_arrays_are_sealed_and_opened() {
        byte[] frame = client.seal(TEXT, 1, 3);
        byte[] buffer = new byte[50];
        System.arraycopy(frame, 0, buffer, 9, frame.length);
        assertThat(server.open(buffer, 9, frame.length)).containsExactly(20, 30, 40);
    }

    @Test
    void a_frame_changed_repeated_skipped_or_echoed_is_refused() {
        byte[] first = client.seal(TEXT);
        assertThatThrownBy(() -> new FrameCipher(OTHER, ONE).open(Meeting.flip(first, 3)))
                .isInstanceOf(HandshakeException.class)
                .hasMessage("frame: 21 bytes (expected: the other side's next frame)");
        assertThatThrownBy(() -> client.open(first)).isInstanceOf(HandshakeException.class);
        assertThat(server.open(first)).isEqualTo(TEXT);
        assertThatThrownBy(() -> server.open(first)).isInstanceOf(HandshakeException.class);
        client.seal(TEXT);
        byte[] fourth = client.seal(TEXT);
        assertThatThrownBy(() -> server.open(fourth)).isInstanceOf(HandshakeException.class);
    }

    @Test
    void frames_without_room_for_a_tag_are_refused() {
        for (int size = 0; size < FrameCipher.OVERHEAD; size++) {
            byte[] frame = new byte[size];
            assertThatThrownBy(() -> server.open(frame)).isInstanceOf(HandshakeException.class);
        }
    }

    @Test
    void a_counter_that_is_used_up_stays_used_up() {
        long last = (1L << 32) - 1;
        FrameCipher end = new FrameCipher(ONE, OTHER, last);
        FrameCipher otherEnd = new FrameCipher(OTHER, ONE, last);
        byte[] nonce = {0, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1};
        byte[] frame = end.seal(TEXT);
        assertThat(frame).isEqualTo(AesGcm.seal(ONE, nonce, NONE, TEXT));
        assertThat(otherEnd.open(frame)).isEqualTo(TEXT);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> end.seal(TEXT))
                    .isInstanceOf(HandshakeException.class)
                    .hasMessage("frame counter: 4294967296 (expected: below 2^32: connect again)");
            assertThatThrownBy(() -> otherEnd.open(frame))
                    .isInstanceOf(HandshakeException.class)
                    .hasMessageStartingWith("frame counter");
        }
    }
}
