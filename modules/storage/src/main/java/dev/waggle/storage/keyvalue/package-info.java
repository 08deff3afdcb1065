/// A whole backend over any database that keeps texts and bytes in order: who has one writes four operations.
///
/// - Knows: how every row is named and laid out in bytes.
/// - Receives: [dev.waggle.storage.keyvalue.KeyValues].
/// - Gives: [dev.waggle.storage.keyvalue.KeyValueProvider].
/// - Never: knows a database.
/// - First file to read: [dev.waggle.storage.keyvalue.KeyValues].
@NullMarked
package dev.waggle.storage.keyvalue;

import org.jspecify.annotations.NullMarked;
