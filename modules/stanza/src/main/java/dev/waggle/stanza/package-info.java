/// Nodes to meaning: every stanza that a server sends, as one sealed family.
///
/// - Knows: which tag and which attributes mean what; what a client writes lives in the sub-rooms.
/// - Receives: a node.
/// - Gives: a [Stanza], or a `NodeException` when a known kind is malformed.
/// - Never: decrypts, remembers, answers, reads a clock.
/// - First file to read: [Stanza].
@NullMarked
package dev.waggle.stanza;

import org.jspecify.annotations.NullMarked;
