/// Frames: what a connection's bytes are cut into.
///
/// - Knows: the first bytes of a connection, the 3-byte length before a payload.
/// - Receives: chunks as the socket gives them.
/// - Gives: whole payloads, in order.
/// - Never: decrypts, reads a node, opens a socket.
/// - First file to read: [Frames].
@NullMarked
package dev.waggle.wire.frame;

import org.jspecify.annotations.NullMarked;
