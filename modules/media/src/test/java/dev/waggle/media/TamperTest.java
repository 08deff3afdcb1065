package dev.waggle.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.AesCbc;
import dev.waggle.crypto.Digest;
import dev.waggle.crypto.Mac;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whatever is changed, the end of the file is not reported, and the reason says what it was.
class TamperTest {
    private static final byte[] FILE = Files.random(70_000, 1);
    private MediaKeys keys = new MediaKeys(Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY, Bytes.EMPTY);
    private byte[] encrypted = new byte[0];
    private FileFacts facts = new FileFacts(Bytes.EMPTY, Bytes.EMPTY, 0);

    @BeforeEach
    void encrypt() throws IOException {
        keys = Files.keys(MediaType.DOCUMENT);
        Files.Kept kept = Files.encrypt(FILE, keys, false);
        encrypted = kept.encrypted();
        facts = kept.sealed().facts();
    }

    private MediaException.Kind refusal(byte[] given, MediaKeys with, FileFacts told) {
        MediaException e = catchThrowableOfType(MediaException.class, () -> Files.decrypt(given, with, told));
        assertThat(e).as("what was changed passes").isNotNull();
        assertThat(e).hasMessageContaining("(expected: ");
        assertThat(e.reason())
                .isEqualTo(e.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        return e.kind();
    }

    @Test
    void a_flipped_bit_anywhere_breaks_the_mac() {
        for (int at : new int[] {0, 15, 16, 65_535, 65_536, encrypted.length - 11, encrypted.length - 1}) {
            byte[] spoilt = encrypted.clone();
            spoilt[at] ^= 0x10;
            assertThat(refusal(spoilt, keys, facts)).as("byte %d", at).isEqualTo(MediaException.Kind.MAC);
        }
    }

    @Test
    void a_cut_is_a_wrong_size_or_a_wrong_mac() {
        for (int size : new int[] {0, 1, 9, 10, 11, 25, 65_536, encrypted.length - 1}) {
            assertThat(refusal(Arrays.copyOf(encrypted, size), keys, facts))
                    .as("%d bytes", size)
                    .isEqualTo(MediaException.Kind.SIZE);
        }
        assertThat(refusal(Arrays.copyOf(encrypted, encrypted.length - 16), keys, facts))
                .isEqualTo(MediaException.Kind.MAC);
        assertThat(refusal(Arrays.copyOf(encrypted, encrypted.length + 16), keys, facts))
                .isEqualTo(MediaException.Kind.MAC);
    }

    @Test
    void another_files_hashes_are_told_apart() {
        Bytes other = Bytes.wrap(Digest.sha256(new byte[] {1}));
        assertThat(refusal(encrypted, keys, new FileFacts(facts.sha256(), other, facts.length())))
                .isEqualTo(MediaException.Kind.ENCRYPTED_HASH);
        assertThat(refusal(encrypted, keys, new FileFacts(other, facts.encryptedSha256(), facts.length())))
                .isEqualTo(MediaException.Kind.HASH);
        assertThat(refusal(encrypted, keys, new FileFacts(facts.sha256(), facts.encryptedSha256(), 69_999)))
                .isEqualTo(MediaException.Kind.LENGTH);
        assertThat(refusal(encrypted, keys, new FileFacts(Bytes.EMPTY, facts.encryptedSha256(), 1)))
                .isEqualTo(MediaException.Kind.KEY);
    }

    @Test
    void a_length_that_was_not_told_is_not_compared() throws IOException {
        FileFacts untold = new FileFacts(facts.sha256(), facts.encryptedSha256(), -1);
        assertThat(Files.decrypt(encrypted, keys, untold)).isEqualTo(FILE);
    }

    @Test
    void the_keys_of_another_type_do_not_open_it() throws MediaException {
        assertThat(refusal(encrypted, Files.keys(MediaType.IMAGE), facts)).isEqualTo(MediaException.Kind.MAC);
    }

    /// A sender who signs what it made wrong: the MAC says nothing then.
    @Test
    void a_padding_that_the_sender_made_wrong_is_refused() {
        byte[] blocks = new byte[32];
        byte[] cipher = AesCbc.encrypt(keys.cipherKey().unsafeArray(), keys.iv().unsafeArray(), blocks);
        byte[] unpadded = Arrays.copyOf(cipher, 32);
        byte[] mac = Mac.sha256(keys.macKey().unsafeArray(), keys.iv().unsafeArray(), unpadded);
        byte[] given = Arrays.copyOf(unpadded, 42);
        System.arraycopy(mac, 0, given, 32, 10);
        FileFacts told = new FileFacts(Bytes.wrap(Digest.sha256(blocks)), Bytes.wrap(Digest.sha256(given)), 32);
        assertThat(refusal(given, keys, told)).isEqualTo(MediaException.Kind.PADDING);
    }
}
