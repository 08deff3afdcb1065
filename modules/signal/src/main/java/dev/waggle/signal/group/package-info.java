/// Sender keys: one chain per sender in a group, signed, distributed pairwise.
///
/// - Knows: the states of one sender's key, which iterations of it were read and which counters may be used.
/// - Receives: a record, a distribution, a message.
/// - Gives: the next record and what came of it.
/// - Never: says who is in a group or who holds a key.
/// - First file to read: [dev.waggle.signal.group.SenderKeys].
@NullMarked
package dev.waggle.signal.group;

import org.jspecify.annotations.NullMarked;
