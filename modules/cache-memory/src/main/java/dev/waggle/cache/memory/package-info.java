/// The cache inside the process: what a node uses when it is told nothing else.
///
/// - Knows: Caffeine.
/// - Receives: the namespaces' sizes.
/// - Gives: a [dev.waggle.storage.cache.CacheStore] named `memory`.
/// - Never: outlives the process or grows beyond its sizes.
/// - First file to read: [dev.waggle.cache.memory.MemoryCache].
@NullMarked
package dev.waggle.cache.memory;

import org.jspecify.annotations.NullMarked;
