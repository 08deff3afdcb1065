/// Events carried out to webhooks: one actor for each (webhook, account).
///
/// - Knows: the webhooks, where each stands in each account's log, what was given up.
/// - Receives: changes of webhooks and of the directory; pages of the event log.
/// - Gives: signed deliveries, in order within a lane, at least once; positions, dead letters, lag.
/// - Never: skips an event, wakes an account, or shows a secret after it was made.
/// - First file to read: [dev.waggle.platform.webhook.Delivery], then
///   [dev.waggle.platform.webhook.lane.Progress].
@NullMarked
package dev.waggle.platform.webhook;

import org.jspecify.annotations.NullMarked;
