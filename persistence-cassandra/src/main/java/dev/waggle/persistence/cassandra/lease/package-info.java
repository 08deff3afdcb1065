/// Who may do something that only one may do: rows in Cassandra that stand on a session with a time to live.
///
/// - Knows: the table of leases, until when the session of this process lives, and which leases stand on it.
/// - Receives: names of leases and owners from the actor system's cluster.
/// - Gives: [dev.waggle.persistence.cassandra.lease.CassandraLease] for shards and for the resolver of split
///   brains.
/// - Never: believes in a lease past its deadline on the monotonic clock, whoever else was told what.
/// - First file to read: [dev.waggle.persistence.cassandra.lease.CassandraLease].
@NullMarked
package dev.waggle.persistence.cassandra.lease;

import org.jspecify.annotations.NullMarked;
