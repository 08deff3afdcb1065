/// The account's public, numbered, replayable events.
///
/// - Knows: how events are read back and who waits for new ones.
/// - Receives: "the store now has events up to N" from accounts.
/// - Gives: pages of events, and wake-ups for those who tail.
/// - Never: gives an event that is not in the store; never skips one.
/// - First file to read: [EventLog].
@NullMarked
package dev.waggle.platform.eventlog;

import org.jspecify.annotations.NullMarked;
