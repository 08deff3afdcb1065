package dev.waggle.storage.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeySourceTest {
    private static final String HEX = "0f".repeat(32);

    @TempDir
    Path directory;

    private final SecureRandom random = new SecureRandom();

    private Path file(byte[] content, String permissions) throws IOException {
        Path file = Files.write(directory.resolve("master.key"), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void the_environment_wins_over_the_file() throws IOException {
        MasterKeySource found = MasterKeySource.find(HEX, file(new byte[32], "rw-------"), random);
        assertThat(found).isEqualTo(new MasterKeySource(new MasterKey(Bytes.hex(HEX)), "environment", false));
    }

    @Test
    void hex_and_base64_and_raw_bytes_are_the_same_key() throws IOException {
        MasterKey key = new MasterKey(Bytes.hex(HEX));
        assertThat(MasterKey.parse(" " + HEX + "\n")).isEqualTo(key);
        assertThat(MasterKey.parse("Dw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8="))
                .isEqualTo(key);
        Path raw = file(Bytes.hex(HEX).toArray(), "r--------");
        assertThat(MasterKeySource.find(null, raw, random).key()).isEqualTo(key);
        Path text = directory.resolve("master.key");
        Files.setPosixFilePermissions(text, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(text, HEX + "\n");
        assertThat(MasterKeySource.find("", text, random).key()).isEqualTo(key);
    }

    @Test
    void without_either_a_file_is_made_for_its_owner_alone_and_found_again() throws IOException {
        Path file = directory.resolve("keys/master.key");
        MasterKeySource made = MasterKeySource.find(null, file, random);
        assertThat(made.generated()).isTrue();
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        MasterKeySource again = MasterKeySource.find(null, file, random);
        assertThat(again).isEqualTo(new MasterKeySource(made.key(), file.toString(), false));
    }

    @Test
    void a_file_that_others_can_read_is_refused() throws IOException {
        Path file = file(new byte[32], "rw-r--r--");
        assertThatThrownBy(() -> MasterKeySource.find(null, file, random))
                .isInstanceOf(MasterKeyException.class)
                .hasMessage("permissions of " + file + ": rw-r--r-- (expected: rw------- or r--------)");
    }

    @Test
    void a_malformed_key_is_named_and_not_shown() {
        String almost = "0f".repeat(31) + "zz";
        assertThatThrownBy(() -> MasterKey.parse(almost))
                .isInstanceOf(MasterKeyException.class)
                .hasMessage("master key: 64 characters (expected: 64 hex digits or 32 bytes in base64)");
        assertThatThrownBy(() -> MasterKey.parse("AAAA")).hasMessage("master key: 3 bytes (expected: 32 bytes)");
        assertThat(new MasterKey(Bytes.hex(HEX)).toString()).doesNotContain("0f0f");
    }
}
