/// The entity: one linked device, one actor, one journal.
///
/// - Knows: the phases of an account's life and who performs what.
/// - Receives: commands of operators, plugins and of its own children's notices.
/// - Gives: answers, journal events, and orders to its children.
/// - Never: touches a socket, a ratchet or a stanza itself; never answers "accepted" before the journal has it.
/// - First file to read: [dev.waggle.platform.account.state.AccountState], then [Account].
@NullMarked
package dev.waggle.platform.account;

import org.jspecify.annotations.NullMarked;
