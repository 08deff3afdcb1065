/// Where stanzas go: routing, queues, questions and answers, linking of companions.
///
/// - Knows: what the real server answers to each stanza.
/// - Receives: stanzas from a device's connection through the exchange, from a companion that is not linked
/// yet through the exchange.
/// - Gives: stanzas to [DeviceLink]s, whatever is behind them: a socket or a simulated contact.
/// - Never: sees a socket, a key of a session, or a clock of its own.
/// - First file to read: [DeviceLink]; the other seams are [Phones], [Contacts],
///   [Inspector].
@NullMarked
package dev.waggle.simulator.exchange;

import org.jspecify.annotations.NullMarked;
