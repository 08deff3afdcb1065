/// Between our values and the protobuf types in which records are stored.
///
/// - Knows: lengths of stored keys.
/// - Receives: byte strings.
/// - Gives: checked values, or [dev.waggle.signal.SignalException].
/// - Never: decides what a record means.
/// - First file to read: [Stored].
@NullMarked
package dev.waggle.signal.stored;

import org.jspecify.annotations.NullMarked;
