package dev.waggle.storage.sqlite.file;

import dev.waggle.storage.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sqlite.SQLiteDataSource;

/// A database file, opened once per process however many use it: the stores of all accounts, the journal and the
/// snapshots.
///
/// WAL with `synchronous=FULL`: a completed write survives the process and the power. Every [#shared] is undone by
/// one [#close]; the last one writes what was taken, folds the WAL into the file and gives the file free. Futures
/// are completed on threads of the file: what hangs on them must not block.
public final class SqliteFile implements AutoCloseable {
    private static final Map<Path, Opened> OPEN = new HashMap<>();

    private final Opened opened;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SqliteFile(Opened opened) {
        this.opened = opened;
    }

    public static SqliteFile shared(Path path) {
        return shared(path, FileSettings.DEFAULT);
    }

    /// The settings are those of whoever comes first.
    ///
    /// @throws StoreException `storage-locked` when another process has it; `storage-corrupt` when it is not ours
    public static SqliteFile shared(Path path, FileSettings settings) {
        Path key = Connections.prepared(path);
        synchronized (OPEN) {
            Opened opened = OPEN.get(key);
            if (opened == null) {
                opened = Opened.open(key, settings);
                OPEN.put(key, opened);
            }
            opened.users++;
            return new SqliteFile(opened);
        }
    }

    public Path path() {
        return opened.path;
    }

    /// Runs the task in the next group commit; completes when that is on disk.
    public <T> CompletableFuture<T> write(SqlTask<T> task) {
        return opened.writer.submit(task);
    }

    public <T> CompletableFuture<T> read(SqlTask<T> task) {
        return opened.readers.submit(task);
    }

    /// Overwrites what was deleted under `secure_delete` in the WAL too, by folding it into the file.
    public CompletableFuture<Void> fold() {
        return opened.writer
                .alone(session -> session.number("PRAGMA wal_checkpoint(TRUNCATE)"))
                .thenAccept(busy -> {});
    }

    /// Copies the file as of now, while others write on. The target must not be there yet.
    public CompletableFuture<Path> copyTo(Path target) {
        return opened.readers.submit(session -> {
            try (Connection connection = opened.source.getConnection()) {
                copy(connection, target);
            }
            return target;
        });
    }

    /// Keeps everybody else from opening the file until it is closed, without opening it.
    ///
    /// @throws StoreException `storage-locked` when somebody has it
    public static OwnerLock reserve(Path path) {
        return OwnerLock.take(Connections.prepared(path));
    }

    /// Copies a file as of now, whoever has it open. The target must not be there yet.
    ///
    /// @throws StoreException `storage-corrupt` when it is no database
    public static void copy(Path from, Path to) {
        try (Connection connection =
                Connections.reading(Connections.prepared(from)).getConnection()) {
            copy(connection, to);
        } catch (SQLException e) {
            throw SqlErrors.typed(e);
        }
    }

    private static void copy(Connection connection, Path to) throws SQLException {
        try (PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
            vacuum.setString(1, to.toString());
            vacuum.executeUpdate();
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        synchronized (OPEN) {
            opened.users--;
            if (opened.users == 0) {
                OPEN.remove(opened.path);
                opened.close();
            }
        }
    }

    /// What there is once per file.
    private static final class Opened {
        final Path path;
        final SQLiteDataSource source;
        final OwnerLock lock;
        final SqlSession session;
        final ExecutorService answers;
        final SqliteWriter writer;
        final SqliteReaders readers;
        int users;

        static Opened open(Path path, FileSettings settings) {
            OwnerLock lock = OwnerLock.take(path);
            try {
                SQLiteDataSource source = Connections.writing(path, settings.synced());
                SqlSession session = new SqlSession(source.getConnection());
                Schema.migrate(source);
                return new Opened(path, settings, source, lock, session);
            } catch (SQLException | RuntimeException e) {
                lock.close();
                throw SqlErrors.typed(e);
            }
        }

        private Opened(Path path, FileSettings settings, SQLiteDataSource source, OwnerLock lock, SqlSession session) {
            this.path = path;
            this.source = source;
            this.lock = lock;
            this.session = session;
            String name = String.valueOf(path.getFileName());
            answers = Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("sqlite-answers-" + name).factory());
            writer = new SqliteWriter(name, session, answers, settings.writeQueueMax(), settings.groupMax());
            readers = new SqliteReaders(name, Connections.reading(path), settings.readers(), settings.readQueueMax());
            writer.start();
        }

        void close() {
            readers.close();
            writer.close();
            answers.close();
            try {
                session.close();
            } catch (SQLException e) {
                throw SqlErrors.typed(e);
            } finally {
                lock.close();
            }
        }
    }
}
