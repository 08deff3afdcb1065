/// Who may do something that only one may do: a row in Cassandra with a time to live.
///
/// - Knows: the table of leases, and until when this process holds which.
/// - Receives: names of leases and owners from the actor system's cluster.
/// - Gives: [dev.waggle.persistence.cassandra.lease.CassandraLease] for shards and for the resolver of split
///   brains.
/// - Never: believes in a lease past its deadline on the monotonic clock, whoever else was told what.
/// - First file to read: [dev.waggle.persistence.cassandra.lease.CassandraLease].
@NullMarked
package dev.waggle.persistence.cassandra.lease;

import org.jspecify.annotations.NullMarked;
