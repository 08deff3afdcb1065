/// The queue in front of the journal.
///
/// - Knows: what waits to be journaled and who waits for it.
/// - Receives: recordables of the inbox and the outbox.
/// - Gives: batches to the account, one in flight; completions in order.
/// - Never: reorders, never loses one silently, never holds more than its limit.
/// - First file to read: [Ledger].
@NullMarked
package dev.waggle.platform.account.ledger;

import org.jspecify.annotations.NullMarked;
