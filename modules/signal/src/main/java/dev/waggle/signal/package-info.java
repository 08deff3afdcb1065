/// End-to-end encryption as WhatsApp speaks it: Signal sessions of version 3 and sender keys, from record to
/// record.
///
/// - Knows: X3DH, the double ratchet, sender keys, their limits, and how records are stored.
/// - Receives: records, keys, messages as bytes, and randomness as an argument.
/// - Gives: new records, and outcomes that name what happened.
/// - Never: calls a store, keeps state, reads a clock, or changes a record that it was given.
/// - First file to read: [dev.waggle.signal.session.Sessions], then [dev.waggle.signal.group.SenderKeys].
@NullMarked
package dev.waggle.signal;

import org.jspecify.annotations.NullMarked;
