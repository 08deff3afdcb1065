/// The door: HTTP and WebSockets on loopback, with and without TLS; the Noise handshake; who is behind a
/// connection.
///
/// - Knows: frames, ciphers, login payloads.
/// - Receives: bytes.
/// - Gives: stanzas to the exchange, and the exchange's stanzas to sockets.
/// - Never: reads a stanza's meaning, waits.
/// - First file to read: [WebServer], then [SocketSession].
@NullMarked
package dev.waggle.simulator.server;

import org.jspecify.annotations.NullMarked;
