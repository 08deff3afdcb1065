/// From stanza to journal to acknowledgement.
///
/// - Knows: what arrived, in which chat's order, and what is owed to the server for it.
/// - Receives: stanzas off the line.
/// - Gives: recordables to the journal; receipts, acks and retry receipts to the line, after the journal has it.
/// - Never: acknowledges what is not journaled (rule D1); never journals the same message twice.
/// - First file to read: [Inbox].
@NullMarked
package dev.waggle.platform.account.inbox;

import org.jspecify.annotations.NullMarked;
