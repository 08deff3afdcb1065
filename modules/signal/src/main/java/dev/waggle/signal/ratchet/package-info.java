/// What sessions and sender keys have in common: symmetric chains and the keys of single messages.
///
/// ```
/// chain key ──HMAC 02──▶ next chain key ──HMAC 02──▶ ...
///     └──HMAC 01──▶ seed ──HKDF──▶ cipher key, MAC key, IV
/// ```
///
/// - Knows: how a chain steps, how a seed becomes keys, how passed-over seeds are kept.
/// - Receives: chain keys, counters.
/// - Gives: seeds, keys, new values.
/// - Never: knows whose chain it is.
/// - First file to read: [ChainKey].
@NullMarked
package dev.waggle.signal.ratchet;

import org.jspecify.annotations.NullMarked;
