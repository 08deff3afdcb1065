/// What the account knows about others: both names of users, their devices, groups, and who holds our sender keys.
///
/// - Knows: the mappings and lists in memory; where they are stored; how to ask for them.
/// - Receives: questions of siblings, news from notifications, the line.
/// - Gives: answers, from memory, store or server, in this order.
/// - Never: guesses; never marks a device as holding a key before the stanza that carried it was written.
/// - First file to read: [Directory].
@NullMarked
package dev.waggle.platform.account.directory;

import org.jspecify.annotations.NullMarked;
