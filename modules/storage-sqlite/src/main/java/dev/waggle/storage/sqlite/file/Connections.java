package dev.waggle.storage.sqlite.file;

import dev.waggle.storage.StoreException;
import dev.waggle.storage.StoreException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// How connections of each kind are set up.
final class Connections {
    private static final int WRITER_CACHE_KIB = 16_384;
    private static final int READER_CACHE_KIB = 2_048;
    private static final int CHECKPOINT_PAGES = 2_000;
    private static final int WAL_BYTES_KEPT = 64 * 1024 * 1024;
    private static final int BUSY_MILLIS = 5_000;
    private static final String NATIVE_DIRECTORY = "org.sqlite.tmpdir";

    private Connections() {}

    /// Makes the directories, and has the driver unpack its native library beside the file: what a killed process
    /// leaves there, the next one sweeps up.
    ///
    /// @return the one path of this file: a second lock on it by another name would quietly undo the first
    static synchronized Path prepared(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path directory = absolute.resolveSibling("native");
        try {
            Files.createDirectories(directory);
            if (System.getProperty(NATIVE_DIRECTORY) == null) {
                System.setProperty(NATIVE_DIRECTORY, directory.toString());
            }
            return Files.exists(absolute)
                    ? absolute.toRealPath()
                    : directory.toRealPath().resolveSibling(absolute.getFileName());
        } catch (IOException e) {
            throw new StoreException(Code.STORAGE_UNAVAILABLE, directory + ": " + e.getMessage(), e);
        }
    }

    static SQLiteDataSource writing(Path file, boolean synced) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(synced ? SQLiteConfig.SynchronousMode.FULL : SQLiteConfig.SynchronousMode.NORMAL);
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, Integer.toString(CHECKPOINT_PAGES));
        config.setJournalSizeLimit(WAL_BYTES_KEPT);
        return source(file, config, WRITER_CACHE_KIB);
    }

    static SQLiteDataSource reading(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        return source(file, config, READER_CACHE_KIB);
    }

    private static SQLiteDataSource source(Path file, SQLiteConfig config, int cacheKib) {
        config.setBusyTimeout(BUSY_MILLIS);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setCacheSize(-cacheKib);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }
}
