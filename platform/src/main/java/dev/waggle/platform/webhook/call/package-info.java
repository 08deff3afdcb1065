/// One delivery as an HTTP exchange.
///
/// - Knows: how a delivery is signed, which addresses may be called, what an answer means.
/// - Receives: a body, an id, where to send it.
/// - Gives: how it ended.
/// - Never: tries again, follows a redirect, or calls another address than the one that was checked.
/// - First file to read: [dev.waggle.platform.webhook.call.Courier].
@NullMarked
package dev.waggle.platform.webhook.call;

import org.jspecify.annotations.NullMarked;
