/// The port to what may be forgotten at any time: answers kept so that they need not be asked for again.
///
/// - Knows: the namespaces, how long and how many, and how an account's entries are named and sealed.
/// - Receives: opaque values under an account, a namespace and a name.
/// - Gives: the value, or nothing; never a failure.
/// - Never: holds what anybody's correctness depends on: no sessions, no sender-key marks, no locks.
/// - First file to read: [dev.waggle.storage.cache.CacheStore].
@NullMarked
package dev.waggle.storage.cache;

import org.jspecify.annotations.NullMarked;
