/// Which node may act for an account: leases of shards, and what an account is told of its own.
///
/// - Knows: names of leases as sharding gives them, and the store that all nodes share.
/// - Receives: the cluster's wishes for leases; an account's question whether it still may.
/// - Gives: [dev.waggle.platform.cluster.lease.Tenures]; leases for backends that have none of their own; which
/// part of a split cluster stays, [dev.waggle.platform.cluster.lease.SplitLease].
/// - Never: trusts a clock that says what time it is; only how long something took, on this machine.
/// - First file to read: [dev.waggle.platform.cluster.lease.StoreLease].
@NullMarked
package dev.waggle.platform.cluster.lease;

import org.jspecify.annotations.NullMarked;
