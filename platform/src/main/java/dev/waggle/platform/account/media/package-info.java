/// Files on their way between this node and WhatsApp's media hosts.
///
/// - Knows: which hosts there are and how long that holds, what to try next, whom to ask for a file that is gone.
/// - Receives: intents with a spooled file, messages with a file, answers of the phone.
/// - Gives: messages that say where their file is; fetched, verified files in the spool.
/// - Never: keeps a file in memory, tells of one that was not verified, goes to a host that only a sender names.
/// - First file to read: [MediaTransfers].
@NullMarked
package dev.waggle.platform.account.media;

import org.jspecify.annotations.NullMarked;
