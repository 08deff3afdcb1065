/// What an account remembers: its state, the events that change it, and how both are kept.
///
/// - Knows: the phases of an account's life, and the journal's forms.
/// - Receives: events and drafts of events.
/// - Gives: the next state; the snapshot form of a state and back.
/// - Never: performs anything, asks anyone, or reads a clock.
/// - First file to read: [AccountState].
@NullMarked
package dev.waggle.platform.account.state;

import org.jspecify.annotations.NullMarked;
