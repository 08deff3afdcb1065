package dev.waggle.storage.sqlite.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.address.Bytes;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.StoreException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFileTest {
    private static final String PUT = "INSERT INTO document(shelf, id, document) VALUES('WEBHOOK', ?, ?)";

    @TempDir
    Path directory;

    private Path path;
    private SqliteFile file;

    @BeforeEach
    void open() {
        path = directory.resolve("waggle.db");
        file = SqliteFile.shared(path);
    }

    @AfterEach
    void close() {
        file.close();
    }

    private CompletableFuture<Integer> put(SqliteFile into, String id, int bytes) {
        return into.write(session -> session.update(PUT, id, Bytes.wrap(new byte[bytes])));
    }

    private static long count(SqliteFile file) {
        return file.read(session -> session.number("SELECT count(*) FROM document"))
                .join();
    }

    private static Code codeOf(CompletableFuture<?> failed) {
        try {
            throw new AssertionError("completed with " + failed.join());
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(StoreException.class);
            return e.getCause() instanceof StoreException typed ? typed.code() : Code.STORAGE_CORRUPT;
        }
    }

    @Test
    void the_file_is_in_wal_mode_and_every_commit_is_synced() {
        assertThat(file.read(session -> session.first(row -> row.text(1), "PRAGMA journal_mode"))
                        .join())
                .contains("wal");
        assertThat(file.write(session -> session.number("PRAGMA synchronous")).join())
                .isEqualTo(2);
    }

    @Test
    void readers_cannot_write() {
        assertThat(file.read(session -> session.update("DELETE FROM document")))
                .failsWithin(java.time.Duration.ofSeconds(30))
                .withThrowableThat()
                .withMessageContaining("readonly");
    }

    @Test
    void a_failing_task_takes_nobody_of_its_group_with_it() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CompletableFuture<Long> holding = file.write(session -> {
            await(gate);
            return 0L;
        });
        CompletableFuture<Integer> before = put(file, "before", 1);
        CompletableFuture<Object> failing = file.write(session -> {
            session.update(PUT, "half", Bytes.EMPTY);
            throw new IllegalStateException("on purpose");
        });
        CompletableFuture<Integer> after = put(file, "after", 1);
        gate.countDown();
        assertThat(codeOf(failing)).isEqualTo(Code.STORAGE_REFUSED);
        CompletableFuture.allOf(holding, before, after).join();
        assertThat(file.read(session -> session.list(row -> row.text(1), "SELECT id FROM document ORDER BY id"))
                        .join())
                .containsExactly("after", "before");
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_full_disk_is_a_typed_error_and_whole_again_once_there_is_room() {
        List<CompletableFuture<Integer>> writes;
        file.write(session -> session.number("PRAGMA max_page_count = " + (pages() + 60)))
                .join();
        writes = IntStream.range(0, 100)
                .mapToObj(i -> put(file, "doc" + i, 4_000))
                .toList();
        List<CompletableFuture<Integer>> failed = writes.stream()
                .filter(write ->
                        write.handle((rows, failure) -> failure != null).join())
                .toList();
        assertThat(failed)
                .isNotEmpty()
                .allSatisfy(write -> assertThat(codeOf(write)).isEqualTo(Code.STORAGE_FULL));
        long kept = count(file);
        assertThat(kept).isEqualTo(100 - failed.size()).isPositive();
        // What makes room goes through although the disk is full.
        assertThat(file.write(session -> session.update("DELETE FROM document")).join())
                .isEqualTo((int) kept);
        put(file, "fits again", 4_000).join();
        file.close();
        try (SqliteFile again = SqliteFile.shared(path)) {
            assertThat(again.read(session -> session.first(row -> row.text(1), "PRAGMA integrity_check"))
                            .join())
                    .contains("ok");
            assertThat(count(again)).isOne();
        }
    }

    private long pages() {
        return file.read(session -> session.number("PRAGMA page_count")).join();
    }

    @Test
    void a_file_is_opened_once_and_lives_until_its_last_user_closes_it() {
        SqliteFile second = SqliteFile.shared(directory.resolve("sub/../waggle.db"));
        put(file, "one", 1).join();
        file.close();
        file.close();
        assertThat(count(second)).isOne();
        second.close();
        assertThat(codeOf(put(second, "two", 1))).isEqualTo(Code.STORAGE_UNAVAILABLE);
        assertThat(codeOf(second.read(session -> session.number("SELECT 1")))).isEqualTo(Code.STORAGE_UNAVAILABLE);
    }

    @Test
    void a_link_to_the_file_is_the_same_file() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link.db"), path);
        try (SqliteFile second = SqliteFile.shared(link)) {
            put(file, "one", 1).join();
            assertThat(count(second)).isOne();
        }
    }

    @Test
    void an_error_that_kills_the_writer_leaves_nobody_waiting() {
        CompletableFuture<Object> fatal = file.write(session -> {
            throw new StackOverflowError("on purpose");
        });
        assertThat(codeOf(fatal)).isEqualTo(Code.STORAGE_UNAVAILABLE);
        assertThat(codeOf(put(file, "after", 1))).isEqualTo(Code.STORAGE_UNAVAILABLE);
        assertThat(count(file)).isZero();
    }

    @Test
    void closing_writes_what_was_taken() {
        List<CompletableFuture<Integer>> writes = IntStream.range(0, 3_000)
                .mapToObj(i -> put(file, "doc" + i, 10))
                .toList();
        file.close();
        assertThat(writes).allSatisfy(write -> assertThat(write).isCompletedWithValue(1));
        try (SqliteFile again = SqliteFile.shared(path)) {
            assertThat(count(again)).isEqualTo(3_000);
        }
    }

    @Test
    void a_full_queue_refuses_instead_of_growing() {
        Path small = directory.resolve("small.db");
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        try (SqliteFile limited = SqliteFile.shared(small, new FileSettings(2, 4, 4, 2, true))) {
            CompletableFuture<Integer> holding = limited.write(session -> {
                running.countDown();
                await(gate);
                return 1;
            });
            await(running);
            List<CompletableFuture<Integer>> writes = IntStream.range(0, 6)
                    .mapToObj(i -> put(limited, "doc" + i, 1))
                    .toList();
            assertThat(writes.stream().filter(CompletableFuture::isCompletedExceptionally))
                    .hasSize(2);
            assertThat(codeOf(writes.getLast())).isEqualTo(Code.STORAGE_BUSY);
            gate.countDown();
            assertThat(holding.join()).isOne();
            assertThat(writes.getFirst().join()).isOne();
        }
    }

    @Test
    void a_file_that_another_process_owns_is_named_with_its_owner() throws IOException {
        Path other = directory.resolve("other.db");
        OwnerLock lock = OwnerLock.take(other);
        assertThatThrownBy(() -> SqliteFile.shared(other))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("storage-locked: " + other + " is in use by process "
                        + ProcessHandle.current().pid());
        lock.close();
        SqliteFile.shared(other).close();
    }

    @Test
    void a_file_that_is_no_database_is_corrupt_and_stays_free() throws IOException {
        Path other = directory.resolve("text.db");
        Files.writeString(other, "this is not a database, it is only a long enough text about one. ".repeat(20));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> SqliteFile.shared(other))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.code()).isEqualTo(Code.STORAGE_CORRUPT));
        }
    }

    @Test
    void a_file_of_a_newer_build_is_left_alone() throws SQLException {
        file.write(session ->
                        session.update("INSERT INTO schema_history(installed_rank, version, description, type, script,"
                                + " installed_by, execution_time, success) VALUES(99, '999', 'future', 'SQL', 'V999__future.sql',"
                                + " '', 0, 1)"))
                .join();
        file.close();
        assertThatThrownBy(() -> SqliteFile.shared(path))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("999");
    }

    @Test
    void a_copy_is_whole_while_others_write_on() throws SQLException {
        put(file, "one", 100).join();
        Path copy = file.copyTo(directory.resolve("copy.db")).join();
        put(file, "two", 100).join();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT id FROM document")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("one");
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void folding_leaves_an_empty_wal() throws IOException {
        put(file, "one", 100).join();
        assertThat(Files.size(directory.resolve("waggle.db-wal"))).isPositive();
        file.fold().join();
        assertThat(Files.size(directory.resolve("waggle.db-wal"))).isZero();
    }
}
