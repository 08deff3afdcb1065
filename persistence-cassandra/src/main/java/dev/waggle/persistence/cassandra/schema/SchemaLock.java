package dev.waggle.persistence.cassandra.schema;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import dev.waggle.persistence.cassandra.link.CqlErrors;
import dev.waggle.storage.StoreException;
import dev.waggle.storage.StoreException.Code;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/// Who may change the schema: a row by which processes exclude each other, with a time to live for one that dies
/// with it in its hands.
final class SchemaLock implements AutoCloseable {
    private static final int LIVE_SECONDS = 60;
    private static final Duration WAIT_MAX = Duration.ofMinutes(3);
    private static final Duration AGAIN = Duration.ofMillis(200);

    private final CqlSession session;
    private final String table;
    private final UUID holder = UUID.randomUUID();

    private SchemaLock(CqlSession session, String table) {
        this.session = session;
        this.table = table;
    }

    /// @throws StoreException `storage-locked` when another one has it for longer than anybody should
    static SchemaLock take(CqlSession session, String table) {
        SchemaLock lock = new SchemaLock(session, table);
        long end = System.nanoTime() + WAIT_MAX.toNanos();
        while (!lock.conditional(
                "INSERT INTO " + table + " (id, holder) VALUES (0, ?) IF NOT EXISTS USING TTL " + LIVE_SECONDS,
                lock.holder)) {
            if (System.nanoTime() > end) {
                throw new StoreException(Code.STORAGE_LOCKED, "the schema is being changed by another process");
            }
            LockSupport.parkNanos(AGAIN.toNanos());
        }
        return lock;
    }

    /// Before each statement: so much time is left for it again.
    ///
    /// @throws StoreException `storage-locked` when it went to another one meanwhile
    void renew() {
        if (!conditional(
                "UPDATE " + table + " USING TTL " + LIVE_SECONDS + " SET holder = ? WHERE id = 0 IF holder = ?",
                holder,
                holder)) {
            throw new StoreException(Code.STORAGE_LOCKED, "the lock of the schema was lost: a statement took too long");
        }
    }

    private boolean conditional(String statement, Object... values) {
        try {
            ResultSet result = session.execute(
                    SimpleStatement.newInstance(statement, values).setIdempotent(false));
            if (result.wasApplied()) {
                return true;
            }
            // An earlier try that nobody answered in time may have given it to us.
            var row = result.one();
            return row != null && ours(row);
        } catch (RuntimeException e) {
            throw CqlErrors.of(e);
        }
    }

    private boolean ours(com.datastax.oss.driver.api.core.cql.Row row) {
        return row.getColumnDefinitions().contains("holder") && holder.equals(row.getUuid("holder"));
    }

    @Override
    public void close() {
        conditional("DELETE FROM " + table + " WHERE id = 0 IF holder = ?", holder);
    }
}
