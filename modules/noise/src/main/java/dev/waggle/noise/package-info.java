/// The Noise handshakes XX, IK and XXfallback as one type per step, for both sides; the certificate chain; the
/// frame cipher.
///
/// - Knows: which key is mixed in at which step, what a certificate chain must prove.
/// - Receives: key pairs, the messages of the other side, the time.
/// - Gives: the messages of this side, and in the end a frame cipher.
/// - Never: draws a key, reads a clock, opens a socket.
/// - First file to read: [Handshake].
@NullMarked
package dev.waggle.noise;

import org.jspecify.annotations.NullMarked;
