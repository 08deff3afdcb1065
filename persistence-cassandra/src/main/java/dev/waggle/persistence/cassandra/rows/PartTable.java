package dev.waggle.persistence.cassandra.rows;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.servererrors.WriteTimeoutException;
import dev.waggle.address.Bytes;
import dev.waggle.persistence.cassandra.link.CqlErrors;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The table `shared`, by its statements.
final class PartTable {
    private final CqlSession session;
    private final String prefix;
    private final PreparedStatement get;
    private final PreparedStatement slice;
    private final PreparedStatement stamp;
    private final PreparedStatement first;
    private final PreparedStatement next;
    private final PreparedStatement put;
    private final PreparedStatement remove;

    PartTable(CqlSession session, String keyspace, String prefix) {
        this.session = session;
        this.prefix = prefix;
        String table = keyspace + ".shared";
        get = session.prepare("SELECT value FROM " + table + " WHERE part = ? AND name = ?");
        slice = session.prepare("SELECT name, value FROM " + table + " WHERE part = ? AND name > ? AND name < ?");
        stamp = session.prepare("SELECT stamp FROM " + table + " WHERE part = ? LIMIT 1");
        first = session.prepare("UPDATE " + table + " SET stamp = ? WHERE part = ? IF stamp = NULL");
        next = session.prepare("UPDATE " + table + " SET stamp = ? WHERE part = ? IF stamp = ?");
        put = session.prepare("INSERT INTO " + table + " (part, name, value) VALUES (?, ?, ?)");
        remove = session.prepare("DELETE FROM " + table + " WHERE part = ? AND name = ?");
    }

    Optional<Bytes> get(String part, String name) {
        return Optional.ofNullable(CqlErrors.join(session.executeAsync(get.bind(prefix + part, name)))
                        .one())
                .map(Entries::value);
    }

    Slice slice(String room, String part, String after, String before) {
        return new Slice(room, session.executeAsync(slice.bind(prefix + part, after, before)));
    }

    /// What the last change left; null when there was none. A change whose end is open ends by this question.
    @Nullable
    UUID stamp(String part) {
        Row row = CqlErrors.join(session.executeAsync(
                        stamp.bind(prefix + part).setConsistencyLevel(ConsistencyLevel.LOCAL_SERIAL)))
                .one();
        return row == null ? null : row.getUuid("stamp");
    }

    /// All changes as one step, when the part still has the stamp that they were made over.
    ///
    /// @param leaves the stamp that it has afterwards
    /// @return false when it has another one, and nothing was changed
    boolean change(String part, @Nullable UUID over, UUID leaves, Map<String, Optional<Bytes>> changes) {
        String id = prefix + part;
        BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
        batch.addStatement(over == null ? first.bind(leaves, id) : next.bind(leaves, id, over));
        changes.forEach((name, value) ->
                batch.addStatement(value.map(bytes -> put.bind(id, name, ByteBuffer.wrap(bytes.unsafeArray())))
                        .orElseGet(() -> remove.bind(id, name))));
        try {
            return session.executeAsync(batch.setIdempotence(false).build())
                    .toCompletableFuture()
                    .join()
                    .wasApplied();
        } catch (RuntimeException e) {
            Throwable cause = e.getCause();
            if (cause instanceof WriteTimeoutException || cause instanceof DriverTimeoutException) {
                // Nobody knows yet; asking decides it.
                return leaves.equals(stamp(part));
            }
            throw CqlErrors.of(e);
        }
    }
}
