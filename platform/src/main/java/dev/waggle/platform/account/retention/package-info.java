/// What an account may forget, and when it does.
///
/// - Knows: how long each class of rows is kept.
/// - Receives: nothing but its own clock.
/// - Gives: purges to the account's stores, one after the other.
/// - Never: purges what is not finished, or what a key that is still good must find.
/// - First file to read: [Retention].
@NullMarked
package dev.waggle.platform.account.retention;

import org.jspecify.annotations.NullMarked;
