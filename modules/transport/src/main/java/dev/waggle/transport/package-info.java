/// Sockets as ports.
///
/// - Knows: what a connection can say and what it can be told.
/// - Receives: an address, a proxy, trust.
/// - Gives: transports; events in order.
/// - Never: knows what the bytes mean.
/// - First file to read: [TransportFactory].
@NullMarked
package dev.waggle.transport;

import org.jspecify.annotations.NullMarked;
