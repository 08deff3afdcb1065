/// From accepted intent to server ack.
///
/// - Knows: what was accepted and not yet acknowledged, in each chat's order.
/// - Receives: intents, the line, acks, retry receipts.
/// - Gives: stanzas to the line, progress to the journal.
/// - Never: draws a message id; never lets a failed send vanish: it ends as SENT or FAILED with a reason.
/// - First file to read: [Outbox].
@NullMarked
package dev.waggle.platform.account.outbox;

import org.jspecify.annotations.NullMarked;
