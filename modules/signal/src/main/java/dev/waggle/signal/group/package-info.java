/// Sender keys: one ciphertext for a whole group, one record per (group, sending device).
///
/// - Knows: chains, signatures and ids of sender keys; which iterations a stored record of our own covers.
/// - Receives: a record, a message, randomness.
/// - Gives: a new record; the one given stays as it is, whatever comes out.
/// - Never: knows who the members are, who has the key, or when it is to be replaced.
/// - First file to read: [SenderKeys].
@NullMarked
package dev.waggle.signal.group;

import org.jspecify.annotations.NullMarked;
