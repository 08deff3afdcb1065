package dev.waggle.storage.sqlite.file;

import dev.waggle.address.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The row that a result stands at; columns count from 1.
public final class Row {
    private final ResultSet results;

    Row(ResultSet results) {
        this.results = results;
    }

    public long number(int column) throws SQLException {
        return results.getLong(column);
    }

    public int integer(int column) throws SQLException {
        return results.getInt(column);
    }

    public OptionalInt optionalInteger(int column) throws SQLException {
        int value = results.getInt(column);
        return results.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }

    public boolean flag(int column) throws SQLException {
        return results.getInt(column) != 0;
    }

    public String text(int column) throws SQLException {
        return results.getString(column);
    }

    public @Nullable String optionalText(int column) throws SQLException {
        return results.getString(column);
    }

    public Bytes bytes(int column) throws SQLException {
        byte[] bytes = results.getBytes(column);
        return bytes == null ? Bytes.EMPTY : Bytes.wrap(bytes);
    }

    public @Nullable Bytes optionalBytes(int column) throws SQLException {
        byte[] bytes = results.getBytes(column);
        return bytes == null ? null : Bytes.wrap(bytes);
    }

    public Instant time(int column) throws SQLException {
        return Instant.ofEpochMilli(results.getLong(column));
    }

    public @Nullable Instant optionalTime(int column) throws SQLException {
        long millis = results.getLong(column);
        return results.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
