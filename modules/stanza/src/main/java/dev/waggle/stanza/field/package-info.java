/// How single fields of a node are read, with the one exception of this room.
///
/// - Knows: which numbers, times, ids and lengths are acceptable.
/// - Receives: a node and the name of a field.
/// - Gives: a value, or a `NodeException`.
/// - Never: knows what kind of stanza the node is.
/// - First file to read: [Fields].
@NullMarked
package dev.waggle.stanza.field;

import org.jspecify.annotations.NullMarked;
