/// The account's ratchets, live.
///
/// - Knows: which record of a session or sender key is the newest, which of it may be stored, and which must be
/// before a ciphertext leaves (rule D3).
/// - Receives: ciphertexts to open, plaintexts to seal, bundles, distributions; "this is journaled".
/// - Gives: plaintexts and ciphertexts.
/// - Never: stores what a message consumed before that message is journaled; never lets a counter leave that the
/// stored record does not cover; never uses a message key twice.
/// - First file to read: [SessionCipher].
@NullMarked
package dev.waggle.platform.account.ciphers;

import org.jspecify.annotations.NullMarked;
