/// Webhooks as they are kept: definitions, cursors, dead letters, all of them sealed.
///
/// - Knows: which webhooks there are, under what names and keys their documents lie.
/// - Receives: what is to be kept, what somebody wants changed.
/// - Gives: what was kept.
/// - Never: keeps a secret, a URL or a header readable.
/// - First file to read: [dev.waggle.platform.webhook.shelf.WebhookShelf].
@NullMarked
package dev.waggle.platform.webhook.shelf;

import org.jspecify.annotations.NullMarked;
