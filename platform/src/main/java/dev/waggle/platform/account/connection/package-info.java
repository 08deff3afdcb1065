/// One account's way to the server: one socket at a time, and the waiting in between.
///
/// - Knows: the phases of a socket's life, when a line is dead, how long to wait.
/// - Receives: a login, orders to open and close.
/// - Gives: a [dev.waggle.platform.port.Line] while one is up, stanzas in order, notices of every change.
/// - Never: gives a stanza a meaning beyond login, liveness and delivery; never fights a replacement.
/// - First file to read: [Connection], then [Link].
@NullMarked
package dev.waggle.platform.account.connection;

import org.jspecify.annotations.NullMarked;
