package dev.waggle.storage.sqlite;

import dev.waggle.storage.sqlite.file.SqliteFile;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

/// Copies of the whole file beside it, named `<file>.snapshot-<milliseconds>-<name>`.
final class Snapshots {
    private static final int NAME_MAX = 100;

    private final SqliteFile file;
    private final InstantSource clock;

    Snapshots(SqliteFile file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    CompletionStage<Path> take(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9._-]", "_");
        String shown = safe.length() <= NAME_MAX ? safe : safe.substring(0, NAME_MAX);
        Path target =
                file.path().resolveSibling(file.path().getFileName() + ".snapshot-" + clock.millis() + "-" + shown);
        return file.copyTo(target);
    }
}
