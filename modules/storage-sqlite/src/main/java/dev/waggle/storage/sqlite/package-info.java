/// The stores of all accounts in one SQLite file.
///
/// - Knows: the tables, and how each write and read meets them.
/// - Receives: writes of the storage room.
/// - Gives: rows, once what they say is on disk.
/// - Never: looks into an opaque value, or writes outside the group commit.
/// - First file to read: [dev.waggle.storage.sqlite.SqliteBackend].
@NullMarked
package dev.waggle.storage.sqlite;

import org.jspecify.annotations.NullMarked;
