package dev.waggle.storage.sqlite.journal;

import dev.waggle.storage.sqlite.file.SqlSession;
import java.sql.SQLException;

/// Persistence ids by number. No cache: a look-up costs microseconds, and nothing has to be undone with a
/// transaction.
final class PersistenceIds {
    private PersistenceIds() {}

    /// Makes the number when there is none yet.
    static long number(SqlSession session, String name) throws SQLException {
        long known = find(session, name);
        return known != 0 ? known : session.number("INSERT INTO persistence_id(name) VALUES(?) RETURNING id", name);
    }

    /// 0 when there is none.
    static long find(SqlSession session, String name) throws SQLException {
        return session.number("SELECT id FROM persistence_id WHERE name = ?", name);
    }
}
