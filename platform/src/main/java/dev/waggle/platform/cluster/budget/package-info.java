/// How many accounts may dial at once, over all nodes.
///
/// - Knows: the rate, and who waits.
/// - Receives: accounts that want to dial, and changes of the rate.
/// - Gives: permits, first to those who heard of the server last.
/// - Never: keeps anybody waiting because another node is away.
/// - First file to read: [ConnectBudget].
@NullMarked
package dev.waggle.platform.cluster.budget;

import org.jspecify.annotations.NullMarked;
