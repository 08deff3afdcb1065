package dev.waggle.persistence.cassandra.rows;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.waggle.address.Bytes;
import dev.waggle.persistence.cassandra.link.CqlErrors;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The tables `entry` and `owner`, by their statements.
final class Entries {
    /// Statements in one batch of one partition; more of them are sent as several.
    private static final int TOGETHER_MAX = 2_000;
    /// Bytes in one batch. A server takes mutations of half a segment of its commit log: 16 MB.
    private static final int BYTES_MAX = 2 * 1024 * 1024;

    /// A row as it is to be; without a value, it is to be gone.
    ///
    /// @param liveSeconds 0: for ever
    record Put(String bucket, String name, @Nullable Bytes value, int liveSeconds) {
        int size() {
            return name.length() + (value == null ? 0 : value.size());
        }
    }

    private final CqlSession session;
    private final String prefix;
    private final PreparedStatement get;
    private final PreparedStatement slice;
    private final PreparedStatement head;
    private final PreparedStatement put;
    private final PreparedStatement remove;
    private final PreparedStatement clear;
    private final PreparedStatement epoch;
    private final PreparedStatement first;
    private final PreparedStatement next;

    /// @param prefix before the name of each room where it is stored, so that tests can share a keyspace
    Entries(CqlSession session, String keyspace, String prefix) {
        this.session = session;
        this.prefix = prefix;
        String entry = keyspace + ".entry";
        String owner = keyspace + ".owner";
        get = session.prepare("SELECT value FROM " + entry + " WHERE room = ? AND bucket = ? AND name = ?");
        slice = session.prepare(
                "SELECT name, value FROM " + entry + " WHERE room = ? AND bucket = ? AND name > ? AND name < ?");
        head = session.prepare("SELECT name FROM " + entry + " WHERE room = ? AND bucket = ? LIMIT 1");
        put = session.prepare("INSERT INTO " + entry
                + " (room, bucket, name, value) VALUES (?, ?, ?, ?) USING TIMESTAMP ? AND TTL ?");
        remove = session.prepare(
                "DELETE FROM " + entry + " USING TIMESTAMP ? WHERE room = ? AND bucket = ? AND name = ?");
        clear = session.prepare("DELETE FROM " + entry + " USING TIMESTAMP ? WHERE room = ? AND bucket = ?");
        epoch = session.prepare("SELECT epoch FROM " + owner + " WHERE room = ?");
        first = session.prepare("INSERT INTO " + owner + " (room, epoch) VALUES (?, 1) IF NOT EXISTS");
        next = session.prepare("UPDATE " + owner + " SET epoch = ? WHERE room = ? IF epoch = ?");
    }

    private static Bytes bytes(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return Bytes.EMPTY;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return Bytes.wrap(bytes);
    }

    Optional<Bytes> get(String room, String bucket, String name) {
        AsyncResultSet found = CqlErrors.join(session.executeAsync(get.bind(prefix + room, bucket, name)));
        return Optional.ofNullable(found.one()).map(row -> bytes(row.getByteBuffer("value")));
    }

    /// Begins to read at once; what follows the first page is read while it is gone through.
    Slice slice(String room, String bucket, String after, String before) {
        return new Slice(room, session.executeAsync(slice.bind(prefix + room, bucket, after, before)));
    }

    static String name(Row row) {
        return String.valueOf(row.getString("name"));
    }

    static Bytes value(Row row) {
        return bytes(row.getByteBuffer("value"));
    }

    boolean isEmpty(String room, String bucket) {
        return CqlErrors.join(session.executeAsync(head.bind(prefix + room, bucket)))
                        .one()
                == null;
    }

    /// A batch of one partition that was not sent yet.
    record Batch(BatchStatement statement, long size) {}

    CompletionStage<?> send(Batch batch) {
        return session.executeAsync(batch.statement());
    }

    /// All of one partition. Where they are more than one batch takes, they are not one step.
    List<Batch> batches(String room, List<Put> puts, long timestamp) {
        List<Batch> batches = new ArrayList<>();
        BatchStatementBuilder batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
        long size = 0;
        for (Put row : puts) {
            if (batch.getStatementsCount() > 0
                    && (size + row.size() > BYTES_MAX || batch.getStatementsCount() >= TOGETHER_MAX)) {
                batches.add(new Batch(batch.build(), size));
                batch = BatchStatement.builder(DefaultBatchType.UNLOGGED);
                size = 0;
            }
            size += row.size();
            batch.addStatement(bound(room, row, timestamp));
        }
        batches.add(new Batch(batch.build(), size));
        return batches;
    }

    private BoundStatement bound(String room, Put row, long timestamp) {
        Bytes value = row.value();
        return value == null
                ? remove.bind(timestamp, prefix + room, row.bucket(), row.name())
                : put.bind(
                        prefix + room,
                        row.bucket(),
                        row.name(),
                        ByteBuffer.wrap(value.unsafeArray()),
                        timestamp,
                        row.liveSeconds());
    }

    /// True when [#batches] makes one of these, so that they are one step.
    static boolean isOneStep(List<Put> puts) {
        return puts.size() <= TOGETHER_MAX
                && (puts.size() == 1 || puts.stream().mapToLong(Put::size).sum() <= BYTES_MAX);
    }

    CompletionStage<?> clear(String room, String bucket, long timestamp) {
        return session.executeAsync(clear.bind(timestamp, prefix + room, bucket));
    }

    /// 0 when nobody ever wrote in the room.
    long epoch(String room) {
        Row row =
                CqlErrors.join(session.executeAsync(epoch.bind(prefix + room))).one();
        return row == null ? 0 : row.getLong("epoch");
    }

    /// Makes the epoch that follows the one that stands.
    ///
    /// @return the new one, or 0 when another one was made meanwhile
    long raise(String room, long stands) {
        var statement = stands == 0 ? first.bind(prefix + room) : next.bind(stands + 1, prefix + room, stands);
        AsyncResultSet result = CqlErrors.join(session.executeAsync(statement.setIdempotent(false)));
        return result.wasApplied() ? stands + 1 : 0;
    }
}
