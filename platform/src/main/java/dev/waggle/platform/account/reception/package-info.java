/// The door of an account: who asked and was not answered yet.
///
/// - Knows: which commands are open, and whether the account is without its journal.
/// - Receives: every message of the account before the account does; its failures.
/// - Gives: the account's behaviour with the door before it; a refusal to everybody whom a failure left waiting.
/// - Never: answers twice, keeps a command that was answered, decides what a command means.
/// - First file to read: [Reception].
@NullMarked
package dev.waggle.platform.account.reception;

import org.jspecify.annotations.NullMarked;
