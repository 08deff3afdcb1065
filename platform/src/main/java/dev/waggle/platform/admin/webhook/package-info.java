/// Webhooks over the API: made, changed, moved, tried, and what they gave up.
///
/// - Knows: routes, bodies and forms.
/// - Receives: requests; the node's webhooks.
/// - Gives: what a webhook is, and where it stands with each account.
/// - Never: shows a secret after the answer that made it, or the value of a header.
/// - First file to read: [WebhookRoutes].
@NullMarked
package dev.waggle.platform.admin.webhook;

import org.jspecify.annotations.NullMarked;
