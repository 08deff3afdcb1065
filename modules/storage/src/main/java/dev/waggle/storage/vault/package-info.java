/// Secrets at rest: a data key per account under one master key, and stores that only ever see sealed values.
///
/// - Knows: how a value is sealed, to what it is bound, and where its key comes from.
/// - Receives: randomness as an argument, a control store for wrapped keys.
/// - Gives: a backend like any other, over any other.
/// - Never: stores or logs a key in the clear, or falls back to plain by itself.
/// - First file to read: [dev.waggle.storage.vault.Vault].
@NullMarked
package dev.waggle.storage.vault;

import org.jspecify.annotations.NullMarked;
