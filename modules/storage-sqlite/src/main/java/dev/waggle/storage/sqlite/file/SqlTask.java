package dev.waggle.storage.sqlite.file;

import java.sql.SQLException;

/// Work over a connection. A write may be run a second time when its group failed, so it changes nothing but the
/// database.
@FunctionalInterface
public interface SqlTask<T> {
    T run(SqlSession session) throws SQLException;
}
