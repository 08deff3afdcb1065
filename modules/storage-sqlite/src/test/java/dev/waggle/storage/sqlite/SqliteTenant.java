package dev.waggle.storage.sqlite;

import dev.waggle.address.DeviceAddress;
import dev.waggle.storage.BackendProvider;
import dev.waggle.storage.contract.Tenant;
import dev.waggle.storage.sqlite.file.FileSettings;
import dev.waggle.storage.sqlite.file.SqliteFile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/// A file of its own per test.
final class SqliteTenant implements Tenant {
    private final Path path;
    private final BackendProvider provider;

    SqliteTenant(Path directory) {
        path = directory.resolve("waggle.db");
        Clock clock = Clock.fixed(Instant.ofEpochMilli(1_700_000_000_000L), ZoneOffset.UTC);
        provider = SqliteProvider.open(path, FileSettings.DEFAULT, clock);
    }

    @Override
    public BackendProvider provider() {
        return provider;
    }

    @Override
    public boolean poison(DeviceAddress address) {
        try (SqliteFile file = SqliteFile.shared(path)) {
            file.write(session -> session.update("CREATE TRIGGER poison BEFORE INSERT ON session WHEN new.name = '"
                            + address.name()
                            + "' BEGIN SELECT raise(ABORT, 'poisoned by a test'); END"))
                    .join();
        }
        return true;
    }

    @Override
    public void close() {
        provider.close();
    }
}
