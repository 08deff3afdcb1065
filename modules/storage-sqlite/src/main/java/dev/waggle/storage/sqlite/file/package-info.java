/// One SQLite file: its owner's lock, its schema, its one writer, its readers.
///
/// - Knows: SQLite, its pragmas and what its error codes mean.
/// - Receives: tasks over a connection.
/// - Gives: their results once they are on disk, or a `StoreException`.
/// - Never: knows what the rows mean.
/// - First file to read: [dev.waggle.storage.sqlite.file.SqliteFile].
@NullMarked
package dev.waggle.storage.sqlite.file;

import org.jspecify.annotations.NullMarked;
