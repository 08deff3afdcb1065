package dev.waggle.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waggle.address.Bytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What a host may give: the file that its message names, or the one exception.
class MediaFuzzTest {
    private static final byte[] FILE = Files.random(3_000, 9);

    @FuzzTest
    void foreign_bytes_are_the_file_or_refused(byte[] given) throws IOException {
        check(given);
    }

    @FuzzTest
    void a_file_of_any_bytes_comes_back(byte[] file) throws IOException {
        MediaKeys keys = Files.keys(MediaType.AUDIO);
        Files.Kept kept = Files.encrypt(file, keys, true);
        assertThat(Files.decrypt(kept.encrypted(), keys, kept.sealed().facts())).isEqualTo(file);
    }

    @Test
    void thousands_of_spoilt_files_are_refused() throws IOException {
        byte[] encrypted =
                Files.encrypt(FILE, Files.keys(MediaType.DOCUMENT), false).encrypted();
        Random random = new Random(11);
        for (int i = 0; i < 3_000; i++) {
            byte[] spoilt = Arrays.copyOf(encrypted, random.nextInt(encrypted.length + 40));
            if (spoilt.length > 0) {
                spoilt[random.nextInt(spoilt.length)] ^= (byte) (1 << random.nextInt(8));
            }
            check(spoilt);
        }
    }

    private static void check(byte[] given) throws IOException {
        MediaKeys keys = MediaKeys.derive(Bytes.wrap(new byte[32]), MediaType.DOCUMENT);
        Files.Kept kept = Files.encrypt(FILE, keys, false);
        try {
            assertThat(Files.decrypt(given, keys, kept.sealed().facts())).isEqualTo(FILE);
            assertThat(given).isEqualTo(kept.encrypted());
        } catch (MediaException e) {
            assertThat(e).hasMessageContaining("(expected: ");
        }
    }
}
