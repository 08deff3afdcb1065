package dev.waggle.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waggle.address.AccountId;
import dev.waggle.address.Bytes;
import dev.waggle.address.DeviceAddress;
import dev.waggle.storage.Backend;
import dev.waggle.storage.Batch;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.StoreException.Code;
import dev.waggle.storage.contract.SmallDisk;
import dev.waggle.storage.row.EventRow;
import dev.waggle.storage.sqlite.file.FileSettings;
import dev.waggle.storage.sqlite.file.SqliteFile;
import dev.waggle.storage.write.LedgerWrite;
import dev.waggle.storage.write.SignalWrite;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The file, its WAL and its shared memory on a disk that has no room left, for real.
class FullDiskTest {
    private static final AccountId ID = new AccountId("bot");
    private static final DeviceAddress ALICE = new DeviceAddress("1_1", 0);
    private static final int VALUE = 40_000;

    @TempDir
    Path folder;

    private SmallDisk disk;
    private SqliteProvider provider;
    private Backend backend;

    @BeforeEach
    void mount() throws Exception {
        Optional<SmallDisk> mounted = SmallDisk.mount(folder.resolve("disk"), 16);
        assumeTrue(mounted.isPresent(), "only root can mount a small disk");
        disk = mounted.orElseThrow();
        open();
    }

    @AfterEach
    void unmount() throws Exception {
        if (provider != null) {
            provider.close();
        }
        if (disk != null) {
            disk.close();
        }
    }

    private Path file() {
        return disk.directory().resolve("waggle.db");
    }

    private void open() {
        provider = SqliteProvider.open(file(), FileSettings.DEFAULT, InstantSource.system());
        backend = provider.open(ID).toCompletableFuture().join();
    }

    private static Bytes value(long n) {
        byte[] bytes = new byte[VALUE];
        bytes[0] = (byte) n;
        bytes[1] = (byte) (n >> 8);
        return Bytes.wrap(bytes);
    }

    private static Batch batch(long n) {
        return new Batch(
                n,
                List.of(
                        new SignalWrite.PutSession(ALICE, value(n)),
                        new LedgerWrite.AppendEvent(
                                new EventRow(n, "message.received", Instant.ofEpochMilli(n), value(n)))));
    }

    /// Null when it was written.
    private @Nullable Code apply(long n) {
        try {
            backend.apply(batch(n)).toCompletableFuture().join();
            return null;
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(StoreException.class);
            return e.getCause() instanceof StoreException typed ? typed.code() : Code.STORAGE_CORRUPT;
        }
    }

    /// Writes until it is refused; the number of the batch that was.
    private long fillBy(long from) {
        long n = from;
        @Nullable Code refused = apply(n);
        while (refused == null) {
            refused = apply(++n);
        }
        assertThat(refused).isEqualTo(Code.STORAGE_FULL);
        return n;
    }

    private void holds(long last) {
        assertThat(backend.appliedSequence().toCompletableFuture().join()).isEqualTo(last);
        assertThat(backend.loadSession(ALICE).toCompletableFuture().join()).contains(value(last));
        assertThat(backend.readEvents(0, Set.of(), 1_000).toCompletableFuture().join())
                .hasSize((int) last)
                .last()
                .isEqualTo(new EventRow(last, "message.received", Instant.ofEpochMilli(last), value(last)));
    }

    private void isWhole() {
        try (SqliteFile shared = SqliteFile.shared(file())) {
            assertThat(shared.read(session -> session.first(row -> row.text(1), "PRAGMA integrity_check"))
                            .join())
                    .contains("ok");
        }
    }

    @Test
    void a_full_disk_is_named_changes_nothing_and_writing_goes_on_when_there_is_room() throws Exception {
        assertThat(apply(1)).isNull();
        disk.fill(3_000_000);
        long refused = fillBy(2);
        holds(refused - 1);
        assertThat(apply(refused)).isEqualTo(Code.STORAGE_FULL);
        disk.makeRoom();
        assertThat(apply(refused)).isNull();
        holds(refused);
        isWhole();
    }

    @Test
    void a_file_that_was_closed_on_a_full_disk_opens_whole_while_it_is_still_full() throws Exception {
        assertThat(apply(1)).isNull();
        disk.fill(3_000_000);
        long refused = fillBy(2);
        disk.makeRoom();
        disk.fill();
        provider.close();
        disk.makeRoom();
        open();
        holds(refused - 1);
        isWhole();
        assertThat(apply(refused)).isNull();
    }

    @Test
    void a_copy_that_does_not_fit_is_refused_and_the_store_goes_on() throws Exception {
        for (int n = 1; n <= 20; n++) {
            assertThat(apply(n)).isNull();
        }
        disk.fill(1_000_000);
        try {
            backend.snapshotDb("too large").toCompletableFuture().join();
            throw new AssertionError("a copy of more than there is room");
        } catch (CompletionException e) {
            assertThat(e.getCause())
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            full -> assertThat(full.code()).isEqualTo(Code.STORAGE_FULL));
        }
        holds(20);
        disk.makeRoom();
        assertThat(apply(21)).isNull();
        isWhole();
    }
}
