package dev.waggle.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamsTest {
    private static final int PIECE = 64 * 1024;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, PIECE - 17, PIECE - 10, PIECE - 1, PIECE, PIECE + 1, PIECE + 6, 3 * PIECE})
    void what_was_encrypted_is_decrypted_however_the_bytes_come_in(int length) throws IOException {
        MediaKeys keys = Files.keys(MediaType.VIDEO);
        byte[] file = Files.random(length, length);
        ByteArrayOutputStream encrypted = new ByteArrayOutputStream();
        EncryptingStream encrypting = new EncryptingStream(Files.dripping(file, 1), keys, true);
        encrypting.transferTo(encrypted);
        Files.Kept whole = Files.encrypt(file, keys, true);

        assertThat(encrypted.toByteArray()).isEqualTo(whole.encrypted());
        assertThat(encrypting.sealed()).isEqualTo(whole.sealed());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new DecryptingStream(
                        Files.dripping(encrypted.toByteArray(), 2),
                        keys,
                        whole.sealed().facts())
                .transferTo(out);
        assertThat(out.toByteArray()).isEqualTo(file);
    }

    @Test
    void any_part_is_read_out_of_the_middle() throws IOException {
        MediaKeys keys = Files.keys(MediaType.DOCUMENT);
        byte[] file = Files.random(2 * PIECE + 77, 3);
        byte[] encrypted = Files.encrypt(file, keys, false).encrypted();
        Random random = new Random(4);
        for (int i = 0; i < 500; i++) {
            int offset = i < 40 ? i : random.nextInt(file.length);
            int length = i % 7 == 0 ? file.length - offset : random.nextInt(file.length - offset);
            assertThat(slice(encrypted, keys, offset, length))
                    .as("%d bytes from %d", length, offset)
                    .isEqualTo(Arrays.copyOfRange(file, offset, offset + length));
        }
    }

    private static byte[] slice(byte[] encrypted, MediaKeys keys, int offset, int length) throws IOException {
        int begin = (int) SliceStream.begin(offset);
        var source = new ByteArrayInputStream(encrypted, begin, encrypted.length - begin);
        return new SliceStream(source, keys, offset, length).readAllBytes();
    }

    @Test
    void a_part_of_a_file_that_was_cut_is_not_shorter_in_silence() throws IOException {
        MediaKeys keys = Files.keys(MediaType.DOCUMENT);
        byte[] encrypted = Files.encrypt(Files.random(1_000, 5), keys, false).encrypted();
        byte[] cut = Arrays.copyOf(encrypted, 500);
        assertThatThrownBy(() -> slice(cut, keys, 400, 500)).isInstanceOf(EOFException.class);
    }

    @Test
    void no_byte_of_the_last_piece_comes_out_before_everything_is_verified() throws IOException {
        MediaKeys keys = Files.keys(MediaType.IMAGE);
        byte[] file = Files.random(100, 6);
        Files.Kept kept = Files.encrypt(file, keys, false);
        byte[] spoilt = kept.encrypted().clone();
        spoilt[spoilt.length - 1] ^= 1;
        DecryptingStream stream = new DecryptingStream(
                new ByteArrayInputStream(spoilt), keys, kept.sealed().facts());
        byte[] target = new byte[100];
        assertThatThrownBy(() -> stream.read(target, 0, 100)).isInstanceOf(MediaException.class);
        assertThat(target).containsOnly(0);
    }

    @Test
    void the_facts_are_not_told_before_the_end() throws IOException {
        EncryptingStream stream =
                new EncryptingStream(new ByteArrayInputStream(new byte[10]), Files.keys(MediaType.IMAGE), false);
        assertThatThrownBy(stream::sealed).isInstanceOf(IllegalStateException.class);
        assertThat(stream.readAllBytes()).hasSize(26);
        assertThat(stream.sealed().facts().length()).isEqualTo(10);
        assertThat(stream.read()).isEqualTo(-1);
    }

    /// More than the heap of these tests could hold: what passes is not kept.
    @Test
    void a_file_that_is_larger_than_the_heap_passes_through_both_ways() throws IOException {
        long length = Math.max(200L << 20, Runtime.getRuntime().maxMemory() / 8);
        MediaKeys keys = Files.keys(MediaType.VIDEO);
        EncryptingStream measured = new EncryptingStream(zeros(length), keys, true);
        measured.transferTo(OutputStream.nullOutputStream());
        FileFacts facts = measured.sealed().facts();

        InputStream encrypted = new EncryptingStream(zeros(length), keys, false);
        long passed = new DecryptingStream(encrypted, keys, facts).transferTo(OutputStream.nullOutputStream());
        assertThat(passed).isEqualTo(length);
        assertThat(measured.sealed().sidecar().size()).isEqualTo((int) (10 * ((length + 42 + 65_535) / 65_536)));
    }

    private static InputStream zeros(long length) {
        return new InputStream() {
            private long left = length;

            @Override
            public int read() {
                return left-- > 0 ? 0 : -1;
            }

            @Override
            public int read(byte[] target, int offset, int wanted) {
                if (left <= 0) {
                    return -1;
                }
                int given = (int) Math.min(wanted, left);
                left -= given;
                return given;
            }
        };
    }

    @Test
    void a_source_that_breaks_is_not_an_end() throws IOException {
        MediaKeys keys = Files.keys(MediaType.IMAGE);
        FileFacts facts = Files.encrypt(new byte[10], keys, false).sealed().facts();
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the line is down");
            }

            @Override
            public int read(byte[] target, int offset, int wanted) throws IOException {
                throw new IOException("the line is down");
            }
        };
        assertThatThrownBy(() -> new DecryptingStream(broken, keys, facts).read())
                .hasMessage("the line is down");
        assertThatThrownBy(() -> new EncryptingStream(broken, keys, false).read())
                .hasMessage("the line is down");
    }

    @Test
    void a_type_has_its_own_keys_and_its_own_place_at_the_hosts() throws MediaException {
        assertThat(MediaType.STICKER.sameKeys(MediaType.IMAGE)).isTrue();
        assertThat(MediaType.VOICE.sameKeys(MediaType.AUDIO)).isTrue();
        assertThat(MediaType.VIDEO.sameKeys(MediaType.IMAGE)).isFalse();
        assertThat(MediaType.STICKER.path()).isEqualTo("image");
        assertThat(MediaType.APP_STATE.wire()).isEqualTo("app-state");
        assertThat(Files.keys(MediaType.IMAGE)).isNotEqualTo(Files.keys(MediaType.VIDEO));
        assertThat(Files.keys(MediaType.IMAGE).toString()).doesNotContain("Bytes");
        assertThatThrownBy(() -> MediaKeys.derive(Bytes.of((byte) 1), MediaType.IMAGE))
                .hasMessage("media key: 1 bytes (expected: 32 bytes)");
    }
}
