package dev.waggle.storage.sqlite;

import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.StoreException.Code;
import dev.waggle.storage.sqlite.file.FileSettings;
import dev.waggle.storage.sqlite.file.OwnerLock;
import dev.waggle.storage.sqlite.file.SqliteFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Copies of the whole file for another day, and the way back.
///
/// A copy is taken by a reader of its own: it asks nobody, and writers go on meanwhile. The way back prepares the
/// file under another name and then renames it into its place, so that there is never a half one.
final class Backups {
    static final String NAME = "waggle.db";
    private static final String STAGED = ".restoring";
    private static final List<String> BESIDE = List.of("-wal", "-shm");

    private Backups() {}

    static void take(Path file, Path target) {
        if (!Files.isRegularFile(file)) {
            throw new StoreException(Code.STORAGE_REFUSED, "nothing to copy: " + file + " (expected: a store)");
        }
        SqliteFile.copy(file, target);
        try {
            sync(target);
        } catch (IOException e) {
            throw unavailable(target, e);
        }
    }

    static Optional<Path> putBack(
            Path backup, Path file, boolean replace, InstantSource clock, Consumer<BackendProvider> admission) {
        boolean there = Files.exists(file);
        if (there && !replace) {
            throw new StoreException(Code.STORAGE_REFUSED, "a store is there: " + file + " (expected: none)");
        }
        boolean folded = there && folded(file);
        Path staged = beside(file, STAGED);
        try {
            clear(staged);
            Files.createDirectories(directory(file));
            Files.copy(backup, staged);
            try (SqliteProvider provider = SqliteProvider.open(staged, FileSettings.DEFAULT, clock)) {
                admission.accept(provider);
            }
            sync(staged);
            return swap(staged, file, there, folded, clock);
        } catch (IOException e) {
            throw unavailable(file, e);
        } finally {
            clearQuietly(staged);
        }
    }

    private static Optional<Path> swap(Path staged, Path file, boolean there, boolean folded, InstantSource clock)
            throws IOException {
        OwnerLock own = SqliteFile.reserve(file);
        try {
            Optional<Path> kept = there ? Optional.of(aside(file, folded, clock)) : Optional.empty();
            Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(directory(file));
            return kept;
        } finally {
            own.close();
        }
    }

    /// Everything of the store that is there is in its one file: nothing beside it can be taken for the new one's.
    ///
    /// @return false when it cannot be opened, which may well be why it is replaced
    private static boolean folded(Path file) {
        try {
            SqliteFile.shared(file).close();
            return BESIDE.stream().noneMatch(suffix -> Files.exists(beside(file, suffix)));
        } catch (StoreException e) {
            if (e.code() == Code.STORAGE_LOCKED) {
                throw e;
            }
            return false;
        }
    }

    /// A store that is whole keeps its name until the new one takes it. One that is not loses it first: its WAL
    /// must not be found beside another file.
    private static Path aside(Path file, boolean folded, InstantSource clock) throws IOException {
        Path kept = beside(file, ".replaced-" + clock.millis());
        if (folded) {
            Files.createLink(kept, file);
            return kept;
        }
        Files.move(file, kept, StandardCopyOption.ATOMIC_MOVE);
        for (String suffix : BESIDE) {
            if (Files.exists(beside(file, suffix))) {
                Files.move(beside(file, suffix), beside(kept, suffix), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return kept;
    }

    private static Path directory(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    private static Path beside(Path file, String suffix) {
        return file.toAbsolutePath().resolveSibling(file.getFileName() + suffix);
    }

    private static void clear(Path staged) throws IOException {
        Files.deleteIfExists(staged);
        for (String suffix : List.of("-wal", "-shm", ".lock")) {
            Files.deleteIfExists(beside(staged, suffix));
        }
    }

    private static void clearQuietly(Path staged) {
        try {
            clear(staged);
        } catch (IOException e) {
            // What stays is cleared by the next attempt, and nothing looks at it before.
        }
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static StoreException unavailable(Path path, IOException why) {
        boolean full = String.valueOf(why.getMessage()).contains("No space left");
        return new StoreException(full ? Code.STORAGE_FULL : Code.STORAGE_UNAVAILABLE, path + ": " + why, why);
    }
}
