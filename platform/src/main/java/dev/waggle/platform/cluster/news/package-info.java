/// What nodes tell each other, so that any of them answers any request without waiting for the store.
///
/// - Knows: what happened on this node within the last moment.
/// - Receives: accounts that were listed or removed, events that were published, webhooks that were changed.
/// - Gives: the same to the other nodes, many at once.
/// - Never: is relied upon. Whoever missed a piece of news finds it in the store, later.
/// - First file to read: [Newsroom].
@NullMarked
package dev.waggle.platform.cluster.news;

import org.jspecify.annotations.NullMarked;
