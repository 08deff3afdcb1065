/// Curve25519 in both its uses, HKDF, HMAC, digests, AES: plain functions on byte arrays.
///
/// - Knows: the algorithms, and which of them must not tell a secret by their timing.
/// - Receives: keys, texts, and randomness that the caller drew.
/// - Gives: bytes, or a [CryptoException].
/// - Never: draws randomness by itself, keeps a key, logs, or knows a message format.
/// - First file to read: [Curve25519].
@NullMarked
package dev.waggle.crypto;

import org.jspecify.annotations.NullMarked;
