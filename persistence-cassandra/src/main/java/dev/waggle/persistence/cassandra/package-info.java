/// The backend named `cassandra`: journal, snapshots and stores of a cluster of nodes over one driver session.
///
/// - Knows: its settings, and what is started in which order.
/// - Receives: [dev.waggle.storage.StorageSettings].
/// - Gives: a [dev.waggle.storage.BackendProvider], and where journal and snapshots are.
/// - Never: starts on a ring that could forget what it answered.
/// - First file to read: [dev.waggle.persistence.cassandra.CassandraDriver].
@NullMarked
package dev.waggle.persistence.cassandra;

import org.jspecify.annotations.NullMarked;
