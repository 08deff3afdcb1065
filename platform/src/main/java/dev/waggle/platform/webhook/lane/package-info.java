/// What is delivered next, as a value: no actor, no clock, no store.
///
/// - Knows: which chats wait, how far the log was read, what was taken but is not durable yet.
/// - Receives: pages of events, outcomes, the time.
/// - Gives: the next event to send, what to read, when to look again, and the cursor to store.
/// - Never: sends two events of one lane at once, or forgets one; holds more events than its limit.
/// - First file to read: [dev.waggle.platform.webhook.lane.Progress].
@NullMarked
package dev.waggle.platform.webhook.lane;

import org.jspecify.annotations.NullMarked;
