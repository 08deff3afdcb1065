/// The journal's form at rest.
///
/// - Knows: how an event and a snapshot become sealed bytes, and back.
/// - Receives: journal events and account states.
/// - Gives: what the journal plugin stores.
/// - Never: writes a payload unsealed unless the settings say so.
/// - First file to read: [JournalSerializer].
@NullMarked
package dev.waggle.platform.journal;

import org.jspecify.annotations.NullMarked;
