/// The ports to whatever keeps things: what an account's stores can do, never how.
///
/// - Knows: which rows there are, what is atomic, what is merged, what is taken.
/// - Receives: writes as values, times as arguments.
/// - Gives: rows, or a [dev.waggle.storage.StoreException] with a stable code.
/// - Never: reads a clock, looks into an opaque value, or knows a backend.
/// - First file to read: [dev.waggle.storage.Backend].
@NullMarked
package dev.waggle.storage;

import org.jspecify.annotations.NullMarked;
