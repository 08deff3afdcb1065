/// The actor system's journal and snapshots over the same file and the same writer as the stores.
///
/// - Knows: Pekko's plugin interfaces and two tables.
/// - Receives: events and states of persistent actors, serialised by the actor system.
/// - Gives: them back in order; a failure is the typed one of the file.
/// - Never: starts a sequence again, even after all was deleted.
/// - First file to read: [dev.waggle.storage.sqlite.journal.SqliteJournal].
@NullMarked
package dev.waggle.storage.sqlite.journal;

import org.jspecify.annotations.NullMarked;
