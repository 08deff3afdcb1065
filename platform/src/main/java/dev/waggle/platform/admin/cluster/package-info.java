/// The routes of a cluster: who is there, where accounts live, and what is done with them.
///
/// - Knows: how members, shards and operations read in JSON.
/// - Receives: requests below `/v1/cluster`, `/v1/operations` and of accounts' operations.
/// - Gives: answers, or the problem that ends the request.
/// - Never: waits for an operation's end.
/// - First file to read: [ClusterRoutes].
@NullMarked
package dev.waggle.platform.admin.cluster;

import org.jspecify.annotations.NullMarked;
