/// Sessions with one remote device: X3DH to start, the double ratchet from then on.
///
/// ```
///              start(bundle)                      encrypt ──▶ next record, ciphertext, "store first?"
///  nothing ──────────────────▶ SessionRecord ──┤
///              decryptPreKey                      decrypt ──▶ next record, plaintext | what was wrong
/// ```
///
/// - Knows: when the ratchet turns, which earlier states may still be used, which counters a stored record covers.
/// - Receives: a record, a message, keys that were looked up beforehand, randomness.
/// - Gives: a new record; the one given stays as it is, whatever comes out.
/// - Never: serialises anything but in `encode` and `parse`.
/// - First file to read: [Sessions].
@NullMarked
package dev.waggle.signal.session;

import org.jspecify.annotations.NullMarked;
