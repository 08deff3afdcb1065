package dev.waggle.storage.sqlite.file;

import dev.waggle.storage.StoreException;
import dev.waggle.storage.StoreException.Code;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// Brings a file to the schema of this build: numbered scripts, each in one transaction with its entry in the
/// history.
final class Schema {
    private Schema() {}

    /// @throws StoreException when a script fails, or the file was written by a newer build
    static void migrate(DataSource source) {
        try {
            Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(source)
                    .locations("classpath:dev/waggle/storage/sqlite/schema")
                    .table("schema_history")
                    .ignoreMigrationPatterns(new String[0])
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new StoreException(Code.STORAGE_CORRUPT, "schema: " + e.getMessage(), e);
        }
    }
}
