/// Where accounts run.
///
/// - Knows: which accounts this node runs.
/// - Receives: commands for an account, by its id.
/// - Gives: the command to the account's actor, which it starts when need be.
/// - Never: answers in an account's stead.
/// - First file to read: [Accounts].
@NullMarked
package dev.waggle.platform.cluster;

import org.jspecify.annotations.NullMarked;
