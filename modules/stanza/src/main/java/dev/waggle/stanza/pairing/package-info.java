/// Linking a device: the QR code, the pairing code, and the signatures by which account and device vouch for each
/// other. Both sides are here, because a simulated phone has to do the other half.
///
/// - Knows: byte layouts, prefixes, key derivations.
/// - Receives: keys, secrets, random sources, bytes from the server.
/// - Gives: texts, containers, the answers to pairing requests.
/// - Never: stores a key, waits for anybody.
/// - First file to read: [Adv].
@NullMarked
package dev.waggle.stanza.pairing;

import org.jspecify.annotations.NullMarked;
