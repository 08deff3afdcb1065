/// Why a stream ends, what that means for the account, and what a client says without being asked.
///
/// - Knows: the codes of `failure` and `stream:error`, and which of them are final.
/// - Receives: codes, names, times.
/// - Gives: typed reasons with their consequence; small outbound nodes.
/// - Never: reconnects, waits, reads a clock.
/// - First file to read: [Consequence].
@NullMarked
package dev.waggle.stanza.stream;

import org.jspecify.annotations.NullMarked;
