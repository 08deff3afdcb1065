/// The commands that talk to a running node: a thin client of its admin API.
///
/// - Knows: the API's paths and nothing of what stands behind them.
/// - Receives: arguments of a person.
/// - Gives: the API's answers as JSON lines; a QR code as text; an exit code.
/// - Never: opens a store or an actor system.
/// - First file to read: [Api].
@NullMarked
package dev.waggle.platform.cli;

import org.jspecify.annotations.NullMarked;
