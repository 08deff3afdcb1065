/// Who may act for an account.
///
/// - Knows: nothing.
/// - Receives: the question whether an account is still this process's.
/// - Gives: [Tenure], asked by the account's door and by its socket.
/// - Never: how that is known; see [dev.waggle.platform.cluster.lease].
/// - First file to read: [Tenure].
@NullMarked
package dev.waggle.platform.port.tenure;

import org.jspecify.annotations.NullMarked;
