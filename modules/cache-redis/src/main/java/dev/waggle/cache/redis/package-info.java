/// The cache on a Redis server: shared by nodes, and warm after a restart.
///
/// - Knows: Lettuce, and when a server is not to be asked for a while.
/// - Receives: where the server is, and how long an answer may take.
/// - Gives: a [dev.waggle.storage.cache.CacheStore] named `redis`.
/// - Never: fails a call, waits longer than its time limit, or looks into a value.
/// - First file to read: [dev.waggle.cache.redis.RedisCache].
@NullMarked
package dev.waggle.cache.redis;

import org.jspecify.annotations.NullMarked;
