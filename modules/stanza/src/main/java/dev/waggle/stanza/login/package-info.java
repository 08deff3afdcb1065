/// The payload of the handshake's last message: who logs in, or who wants to be linked. Written by us, read by a
/// simulated server.
///
/// - Knows: the fields that official web clients fill, and how keys are written in them.
/// - Receives: settings, keys, addresses.
/// - Gives: bytes for the handshake, or a [LoginRequest].
/// - Never: decides which of the two to send.
/// - First file to read: [ClientPayloads].
@NullMarked
package dev.waggle.stanza.login;

import org.jspecify.annotations.NullMarked;
