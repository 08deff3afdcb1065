package dev.waggle.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.address.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Files that another implementation encrypted, both ways.
class VectorsTest {
    record Vector(
            MediaType type,
            Bytes mediaKey,
            int length,
            Bytes sha256,
            Bytes encryptedSha256,
            Bytes tail,
            String sidecar) {
        byte[] file() {
            byte[] file = new byte[length];
            for (int i = 0; i < length; i++) {
                file[i] = (byte) ((31L * i + length) % 251);
            }
            return file;
        }
    }

    static Stream<Vector> vectors() throws IOException {
        try (var in = Objects.requireNonNull(VectorsTest.class.getResourceAsStream("vectors.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.startsWith("#"))
                            .map(line -> line.split(" "))
                            .map(parts -> new Vector(
                                    MediaType.valueOf(
                                            parts[0].toUpperCase(Locale.ROOT).replace('-', '_')),
                                    Bytes.hex(parts[1]),
                                    Integer.parseInt(parts[2]),
                                    Bytes.hex(parts[3]),
                                    Bytes.hex(parts[4]),
                                    Bytes.hex(parts[5]),
                                    parts[6]))
                            .toList()
                            .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void a_file_becomes_what_the_other_implementation_makes_of_it(Vector vector) throws IOException {
        MediaKeys keys = MediaKeys.derive(vector.mediaKey(), vector.type());
        Files.Kept kept = Files.encrypt(vector.file(), keys, vector.type().streamed());

        byte[] encrypted = kept.encrypted();
        assertThat(Bytes.wrap(Arrays.copyOfRange(encrypted, encrypted.length - 26, encrypted.length)))
                .isEqualTo(vector.tail());
        FileFacts facts = kept.sealed().facts();
        assertThat(facts).isEqualTo(new FileFacts(vector.sha256(), vector.encryptedSha256(), vector.length()));
        String sidecar = kept.sealed().sidecar().toHex();
        assertThat(sidecar.isEmpty() ? "-" : sidecar).isEqualTo(vector.sidecar());
        assertThat(encrypted).hasSize((int) FileFacts.encryptedLength(vector.length()));
        assertThat(Files.decrypt(encrypted, keys, facts)).isEqualTo(vector.file());
    }
}
