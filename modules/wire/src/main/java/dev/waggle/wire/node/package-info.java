/// Nodes and their bytes.
///
/// - Knows: the token dictionaries, the packings and the limits of the binary form.
/// - Receives: the plaintext of one frame, or a node.
/// - Gives: a node, or the plaintext of one frame.
/// - Never: gives a meaning to a tag.
/// - First file to read: [Node].
@NullMarked
package dev.waggle.wire.node;

import org.jspecify.annotations.NullMarked;
