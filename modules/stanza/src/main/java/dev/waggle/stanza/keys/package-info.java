/// The public keys of a device as stanzas carry them.
///
/// - Knows: their lengths and how ids are written.
/// - Receives: nodes, raw keys of 32 bytes.
/// - Gives: values and nodes.
/// - Never: holds a private key, checks a signature.
/// - First file to read: [KeyBundle].
@NullMarked
package dev.waggle.stanza.keys;

import org.jspecify.annotations.NullMarked;
