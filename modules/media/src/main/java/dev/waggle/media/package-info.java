/// Files as WhatsApp's media hosts keep them: AES-256-CBC, a truncated MAC, and the hashes of both sides.
///
/// - Knows: how a media key becomes four keys, what is hashed and signed, and in which order it is checked.
/// - Receives: streams of bytes, keys.
/// - Gives: streams of bytes; what a message must say of its file.
/// - Never: draws a key, opens a file or a socket, or reports the end of a file that was not verified.
/// - First file to read: [MediaKeys], then [DecryptingStream].
@NullMarked
package dev.waggle.media;

import org.jspecify.annotations.NullMarked;
