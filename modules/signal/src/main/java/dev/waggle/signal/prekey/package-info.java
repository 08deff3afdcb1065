/// Keys that are handed out beforehand, so that others can start a session while we are away.
///
/// - Knows: one-time and signed pre-keys, their ids, and the bundle of another device.
/// - Receives: ids, keys, randomness.
/// - Gives: validated values, their stored form, and the SHA-1 digest by which the server compares.
/// - Never: counts, uploads or removes keys: ids and watermarks are their owner's memory.
/// - First file to read: [PreKeyBundle].
@NullMarked
package dev.waggle.signal.prekey;

import org.jspecify.annotations.NullMarked;
