/// Every change that can be made to an account's stores, as values.
///
/// - Knows: the change and how it meets a row that is already there.
/// - Receives: rows and keys.
/// - Gives: a closed family that a backend applies with one exhaustive switch.
/// - Never: writes anything itself.
/// - First file to read: [dev.waggle.storage.write.StoreWrite].
@NullMarked
package dev.waggle.storage.write;

import org.jspecify.annotations.NullMarked;
