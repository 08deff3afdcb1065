/// Who and which: the identities that every other room speaks about, and `Bytes`, the one immutable byte string.
///
/// - Knows: how a JID is written, what an account id may look like.
/// - Receives: text.
/// - Gives: validated values.
/// - Never: reads a clock, opens a socket, or depends on another room.
/// - First file to read: [Jid].
@NullMarked
package dev.waggle.address;

import org.jspecify.annotations.NullMarked;
