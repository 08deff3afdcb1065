/// Bots: one supervised actor per (plugin, account).
///
/// - Knows: which bots exist here, where each binding stands, which are paused and why.
/// - Receives: bindings from accounts, events from the event log.
/// - Gives: steps to accounts: cursor, state and sends as one event.
/// - Never: sends anything itself; never moves a cursor that the journal does not have.
/// - First file to read: [PluginCell].
@NullMarked
package dev.waggle.platform.plugin;

import org.jspecify.annotations.NullMarked;
