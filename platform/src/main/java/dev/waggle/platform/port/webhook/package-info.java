/// Webhooks as the rest of the platform sees them: what is asked for, and what is told.
///
/// - Knows: what a webhook is made of, where one stands in an account's log, what could not be delivered.
/// - Receives: nothing; these are values and one interface.
/// - Gives: the words that the admin room and the webhook room share.
/// - Never: shows a secret after the answer that made it.
/// - First file to read: [dev.waggle.platform.port.webhook.Webhooks].
@NullMarked
package dev.waggle.platform.port.webhook;

import org.jspecify.annotations.NullMarked;
