package dev.waggle.storage.sqlite.file;

import java.nio.file.Path;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// How connections of each kind are set up.
final class Connections {
    private static final int WRITER_CACHE_KIB = 16_384;
    private static final int READER_CACHE_KIB = 2_048;
    private static final int CHECKPOINT_PAGES = 2_000;
    private static final int BUSY_MILLIS = 5_000;
    private static final String NATIVE_DIRECTORY = "org.sqlite.tmpdir";

    private Connections() {}

    /// Makes the directories, and has the driver unpack its native library beside the file: what a killed process
    /// leaves there, the next one sweeps up.
    static synchronized void prepare(Path file) {
        Path directory = file.toAbsolutePath().resolveSibling("native");
        SqliteFile.createDirectories(directory);
        if (System.getProperty(NATIVE_DIRECTORY) == null) {
            System.setProperty(NATIVE_DIRECTORY, directory.toString());
        }
    }

    static SQLiteDataSource writing(Path file, boolean synced) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(synced ? SQLiteConfig.SynchronousMode.FULL : SQLiteConfig.SynchronousMode.NORMAL);
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, Integer.toString(CHECKPOINT_PAGES));
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
