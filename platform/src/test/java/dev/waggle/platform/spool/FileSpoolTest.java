package dev.waggle.platform.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.crypto.Digest;
import dev.waggle.media.DecryptingStream;
import dev.waggle.media.FileFacts;
import dev.waggle.media.MediaKeys;
import dev.waggle.media.MediaType;
import dev.waggle.platform.journal.Sealing;
import dev.waggle.platform.port.Spool;
import dev.waggle.platform.port.SpoolException;
import dev.waggle.proto.journal.SpooledFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSpoolTest {
    private static final AccountId BEE = new AccountId("bee");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final long ROOM = 1_000_000;

    @TempDir
    Path folder;

    private FileSpool spool(Instant now) throws IOException {
        SpoolSettings settings = new SpoolSettings(folder.resolve("media"), 300_000, ROOM, Duration.ofHours(1));
        return new FileSpool(settings, account -> Sealing.PLAIN, new SecureRandom(), Clock.fixed(now, ZoneOffset.UTC));
    }

    private static byte[] file(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static Spool.Waiting take(Spool spool, byte[] file, MediaType type) throws IOException {
        return spool.take(BEE, type, "some/thing", new ByteArrayInputStream(file), -1);
    }

    private static byte[] opened(Spool spool, Spool.Waiting waiting, MediaType type) throws IOException {
        SpooledFile about = waiting.about();
        return new DecryptingStream(
                        spool.encrypted(BEE, waiting.id(), 0),
                        MediaKeys.derive(Bytes.wrap(about.getMediaKey().toByteArray()), type),
                        new FileFacts(
                                Bytes.wrap(about.getSha256().toByteArray()),
                                Bytes.wrap(about.getEncryptedSha256().toByteArray()),
                                about.getLength()))
                .readAllBytes();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void a_file_is_found_again_after_a_restart_and_half_a_file_is_not() throws IOException {
        byte[] file = file(100_000);
        Spool.Waiting waiting = take(spool(NOW), file, MediaType.VIDEO);
        Path half = Files.write(folder.resolve("media/bee/out/m1.1.part"), new byte[10]);

        FileSpool again = spool(NOW);

        Spool.Waiting found = again.find(BEE, waiting.id()).orElseThrow();
        assertThat(found).isEqualTo(waiting);
        assertThat(opened(again, found, MediaType.VIDEO)).isEqualTo(file);
        assertThat(half).doesNotExist();
        assertThat(again.find(new AccountId("other"), waiting.id())).isEmpty();
        assertThat(again.find(BEE, "../../bee/out/" + waiting.id())).isEmpty();
    }

    @Test
    void a_file_becomes_one_of_another_type_only_when_the_keys_differ() throws IOException {
        FileSpool spool = spool(NOW);
        byte[] file = file(70_000);
        Spool.Waiting image = take(spool, file, MediaType.IMAGE);
        assertThat(spool.as(BEE, image, MediaType.STICKER)).isEqualTo(image);
        Spool.Waiting document = spool.as(BEE, image, MediaType.DOCUMENT);
        assertThat(document.id()).isNotEqualTo(image.id());
        assertThat(document.about().getMediaKey()).isNotEqualTo(image.about().getMediaKey());
        assertThat(opened(spool, document, MediaType.DOCUMENT)).isEqualTo(file);
        assertThat(spool.as(BEE, image, MediaType.VIDEO).about().getSidecar()).isNotEmpty();
    }

    @Test
    void what_is_too_large_or_finds_no_room_is_refused_and_leaves_nothing() throws IOException {
        FileSpool spool = spool(NOW);
        assertThatThrownBy(() -> take(spool, file(300_001), MediaType.IMAGE))
                .isInstanceOfSatisfying(
                        SpoolException.class, e -> assertThat(e.kind()).isEqualTo(SpoolException.Kind.TOO_LARGE));
        assertThat(files()).isEmpty();
        SpoolSettings tight = new SpoolSettings(folder.resolve("tight"), 300_000, 150_000, Duration.ofHours(1));
        FileSpool small =
                new FileSpool(tight, account -> Sealing.PLAIN, new SecureRandom(), Clock.fixed(NOW, ZoneOffset.UTC));
        small.take(BEE, MediaType.IMAGE, "a/b", new ByteArrayInputStream(file(100_000)), 100_000);
        assertThatThrownBy(
                        () -> small.take(BEE, MediaType.IMAGE, "a/b", new ByteArrayInputStream(file(100_000)), 100_000))
                .isInstanceOfSatisfying(
                        SpoolException.class, e -> assertThat(e.kind()).isEqualTo(SpoolException.Kind.FULL));
        small.erase(BEE);
        small.take(BEE, MediaType.IMAGE, "a/b", new ByteArrayInputStream(file(100_000)), 100_000);
    }

    @Test
    void only_what_nobody_needs_is_swept() throws IOException {
        FileSpool before = spool(NOW);
        Spool.Waiting needed = take(before, file(10), MediaType.IMAGE);
        Spool.Waiting over = take(before, file(11), MediaType.IMAGE);
        Bytes hash = Bytes.wrap(Digest.sha256(file(12)));
        before.keep(BEE, hash, 12, out -> out.write(file(12)));
        for (Path file : files()) {
            Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.from(NOW));
        }

        FileSpool later = spool(NOW.plus(Duration.ofHours(2)));
        later.sweep();
        // Nobody said what open sends need: only what can be fetched again went.
        assertThat(files()).hasSize(4);
        assertThat(later.kept(BEE, hash)).isFalse();
        later.watch(BEE, needed.id()::equals);
        later.sweep();
        assertThat(files()).hasSize(2);
        assertThat(later.find(BEE, needed.id())).isPresent();
        assertThat(later.find(BEE, over.id())).isEmpty();
    }

    @Test
    void a_fetched_file_is_kept_only_when_it_was_written_to_its_end() throws IOException {
        FileSpool spool = spool(NOW);
        Bytes hash = Bytes.wrap(Digest.sha256(file(12)));
        assertThatThrownBy(() -> spool.keep(BEE, hash, 12, out -> {
                    out.write(1);
                    throw new IOException("the host is gone");
                }))
                .hasMessage("the host is gone");
        assertThat(spool.kept(BEE, hash)).isFalse();
        assertThat(files()).isEmpty();
        spool.keep(BEE, hash, -1, out -> out.write(file(12)));
        assertThat(spool.kept(BEE, hash)).isTrue();
        assertThat(spool.fetched(BEE, hash, 2).readAllBytes()).hasSize(10);
    }
}
