/// The arithmetic under the keys: the field of 2^255 - 19, its curve in both forms, and numbers modulo the group
/// order.
///
/// - Knows: mathematics only; no protocol, no hash.
/// - Receives: 32-byte little-endian numbers.
/// - Gives: the same.
/// - Never: branches or indexes on a secret, except in methods whose name says `Vartime`.
/// - First file to read: [dev.waggle.crypto.curve.Montgomery].
@NullMarked
package dev.waggle.crypto.curve;

import org.jspecify.annotations.NullMarked;
