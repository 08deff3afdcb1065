/// Keyspace and tables, in numbered steps.
///
/// - Knows: the steps, in `schema/NNN_*.cql` beside this package, and which of them were taken.
/// - Receives: a session.
/// - Gives: a keyspace as this build needs it, agreed upon by all nodes of the ring.
/// - Never: changes a step that was taken, or lets two processes take one at once.
/// - First file to read: [dev.waggle.persistence.cassandra.schema.Migrations].
@NullMarked
package dev.waggle.persistence.cassandra.schema;

import org.jspecify.annotations.NullMarked;
