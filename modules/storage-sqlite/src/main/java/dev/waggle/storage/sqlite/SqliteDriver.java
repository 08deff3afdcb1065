package dev.waggle.storage.sqlite;

import dev.waggle.storage.BackendDriver;
import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.StorageSettings;
import dev.waggle.storage.sqlite.file.FileSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The backend named `sqlite`: `waggle.db` in the data directory, or the file that the option `file` names. Other
/// options: `readers` (2..16, default 3), `synchronous` (`full`, or `normal` to accept losing the last moments when
/// the power fails).
public final class SqliteDriver implements BackendDriver {
    @Override
    public String name() {
        return "sqlite";
    }

    @Override
    public BackendProvider start(StorageSettings settings) {
        FileSettings defaults = FileSettings.DEFAULT;
        int readers = settings.number("readers", defaults.readers(), 2, 16);
        FileSettings file = new FileSettings(
                readers, defaults.writeQueueMax(), defaults.readQueueMax(), defaults.groupMax(), synced(settings));
        return SqliteProvider.open(file(settings), file, InstantSource.system());
    }

    private static boolean synced(StorageSettings settings) {
        String mode = settings.option("synchronous", "full");
        return switch (mode) {
            case "full" -> true;
            case "normal" -> false;
            default ->
                throw new IllegalArgumentException(
                        "storage option synchronous: " + mode + " (expected: full or normal)");
        };
    }

    private static Path file(StorageSettings settings) {
        return settings.dataDirectory().resolve(settings.option("file", "waggle.db"));
    }

    @Override
    public void backup(StorageSettings settings, Path directory) {
        Backups.take(file(settings), directory.resolve(Backups.NAME));
    }

    @Override
    public Optional<Path> restore(
            StorageSettings settings, Path directory, boolean replace, Consumer<BackendProvider> admission) {
        return Backups.putBack(
                directory.resolve(Backups.NAME), file(settings), replace, InstantSource.system(), admission);
    }

    @Override
    public Map<String, String> actorSystemConfig(StorageSettings settings) {
        String file = file(settings).toAbsolutePath().normalize().toString();
        return Map.of(
                "pekko.persistence.journal.plugin",
                "waggle.sqlite-journal",
                "pekko.persistence.snapshot-store.plugin",
                "waggle.sqlite-snapshots",
                "waggle.sqlite-journal.file",
                file,
                "waggle.sqlite-snapshots.file",
                file);
    }
}
