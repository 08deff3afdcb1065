package dev.waggle.storage.sqlite.file;

import dev.waggle.address.Bytes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A connection with its prepared statements. Used by one thread at a time.
///
/// Statements are kept for the life of the connection, so SQL is always one of a fixed number of texts: lists
/// travel as one JSON parameter, never as text. Parameters may be text, numbers, booleans (0/1), [Bytes], [Instant]
/// (milliseconds), enums (their name) or null.
public final class SqlSession implements AutoCloseable {
    /// Reads one row.
    @FunctionalInterface
    public interface RowReader<T> {
        T read(Row row) throws SQLException;
    }

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    SqlSession(Connection connection) {
        this.connection = connection;
    }

    /// The number of rows changed.
    public int update(String sql, @Nullable Object... parameters) throws SQLException {
        try {
            return prepared(sql, parameters).executeUpdate();
        } catch (SQLException e) {
            throw forgotten(sql, e);
        }
    }

    public <T> List<T> list(RowReader<T> reader, String sql, @Nullable Object... parameters) throws SQLException {
        List<T> rows = new ArrayList<>();
        try (ResultSet results = prepared(sql, parameters).executeQuery()) {
            Row row = new Row(results);
            while (results.next()) {
                rows.add(reader.read(row));
            }
        } catch (SQLException e) {
            throw forgotten(sql, e);
        }
        return rows;
    }

    /// The driver finalises a statement that failed, and then refuses it for ever: the next use prepares it afresh.
    private SQLException forgotten(String sql, SQLException failure) {
        PreparedStatement failed = statements.remove(sql);
        try {
            if (failed != null) {
                failed.close();
            }
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    public <T> Optional<T> first(RowReader<T> reader, String sql, @Nullable Object... parameters) throws SQLException {
        return list(reader, sql, parameters).stream().findFirst();
    }

    /// The number in the first column of the first row; 0 when there is none.
    public long number(String sql, @Nullable Object... parameters) throws SQLException {
        return first(row -> row.number(1), sql, parameters).orElse(0L);
    }

    private PreparedStatement prepared(String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < parameters.length; i++) {
            bind(statement, i + 1, parameters[i]);
        }
        return statement;
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setObject(index, null);
            case String text -> statement.setString(index, text);
            case Long number -> statement.setLong(index, number);
            case Integer number -> statement.setInt(index, number);
            case Boolean flag -> statement.setInt(index, flag ? 1 : 0);
            case Bytes bytes -> statement.setBytes(index, bytes.unsafeArray());
            case byte[] bytes -> statement.setBytes(index, bytes);
            case Instant time -> statement.setLong(index, time.toEpochMilli());
            case Enum<?> constant -> statement.setString(index, constant.name());
            default -> throw new IllegalArgumentException("parameter of " + value.getClass());
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
