package dev.waggle.wire.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FramesTest {
    private static List<String> hex(List<byte[]> frames) {
        return frames.stream().map(frame -> Bytes.of(frame).toHex()).toList();
    }

    private static byte[] bytes(String hex) {
        return Bytes.hex(hex).toArray();
    }

    @Test
    void one_chunk_may_hold_several_frames() {
        Frames frames = new Frames(100);
        assertThat(hex(frames.accept(bytes("000001aa000002bbcc000003dd")))).containsExactly("aa", "bbcc");
        assertThat(frames.partial()).isTrue();
        assertThat(hex(frames.accept(bytes("eeff")))).containsExactly("ddeeff");
        assertThat(frames.partial()).isFalse();
    }

    @Test
    void chunks_of_one_byte_make_the_same_frames() {
        Frames frames = new Frames(100);
        List<byte[]> seen = new ArrayList<>();
        for (byte b : bytes("000001aa000000000002bbcc")) {
            seen.addAll(frames.accept(new byte[] {b}));
        }
        assertThat(hex(seen)).containsExactly("aa", "bbcc");
    }

    @Test
    void empty_frames_and_empty_chunks_are_passed_over() {
        Frames frames = new Frames(100);
        assertThat(frames.accept(bytes("000000000000"))).isEmpty();
        assertThat(frames.accept(new byte[0])).isEmpty();
        assertThat(frames.partial()).isFalse();
        assertThat(hex(frames.accept(bytes("000000000001aa000000")))).containsExactly("aa");
    }

    @Test
    void a_length_above_the_limit_is_refused_before_any_payload() {
        assertThat(new Frames(100).accept(bytes("000064"))).isEmpty();
        assertThatThrownBy(() -> new Frames(100).accept(bytes("000065")))
                .isInstanceOf(FrameException.class)
                .hasMessage("frame length: 101 (expected: at most 100)");
        Frames split = new Frames(100);
        assertThat(split.accept(bytes("ff"))).isEmpty();
        assertThatThrownBy(() -> split.accept(bytes("ffff"))).isInstanceOf(FrameException.class);
    }

    @Test
    void a_frame_of_16_mib_less_one_byte_comes_out_whole_and_there_is_no_longer_one() {
        Frames frames = new Frames(Frames.FRAME_BYTES_MAX);
        assertThat(frames.accept(Frames.header(Frames.FRAME_BYTES_MAX))).isEmpty();
        assertThat(frames.accept(new byte[1 << 23])).isEmpty();
        assertThat(frames.accept(new byte[(1 << 23) - 1]))
                .hasSize(1)
                .first()
                .satisfies(frame -> assertThat(frame).hasSize((16 << 20) - 1));
        assertThat(frames.partial()).isFalse();
    }

    @Test
    void any_cut_of_a_stream_gives_the_same_frames() {
        Random random = new Random(3);
        for (int round = 0; round < 500; round++) {
            List<String> sent = new ArrayList<>();
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            for (int i = 0; i < 8; i++) {
                byte[] payload = new byte[random.nextInt(4) == 0 ? 20_000 : random.nextInt(5)];
                random.nextBytes(payload);
                stream.writeBytes(Frames.frame(payload));
                if (payload.length > 0) {
                    sent.add(Bytes.of(payload).toHex());
                }
            }
            assertThat(hex(cut(stream.toByteArray(), random))).isEqualTo(sent);
        }
    }

    private static List<byte[]> cut(byte[] stream, Random random) {
        Frames frames = new Frames(Frames.FRAME_BYTES_MAX);
        List<byte[]> seen = new ArrayList<>();
        int at = 0;
        while (at < stream.length) {
            int size = Math.min(stream.length - at, 1 + random.nextInt(random.nextBoolean() ? 4 : 9_000));
            seen.addAll(frames.accept(Arrays.copyOfRange(stream, at, at + size)));
            at += size;
        }
        assertThat(frames.partial()).isFalse();
        return seen;
    }

    @Test
    void a_header_is_three_bytes_big_endian() {
        assertThat(Frames.header(0)).containsExactly(0, 0, 0);
        assertThat(Frames.header(0x012345)).containsExactly(0x01, 0x23, 0x45);
        assertThat(Frames.header(Frames.FRAME_BYTES_MAX)).containsExactly(0xff, 0xff, 0xff);
        assertThat(Frames.frame(bytes("aabb"))).containsExactly(0, 0, 2, 0xaa, 0xbb);
        assertThatThrownBy(() -> Frames.header(1 << 24)).isInstanceOf(FrameException.class);
        assertThatThrownBy(() -> Frames.header(-1)).isInstanceOf(FrameException.class);
        assertThatThrownBy(() -> new Frames(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_intro_names_protocol_and_dictionary() {
        assertThat(Frames.INTRO.toHex()).isEqualTo("57410603");
    }
}
