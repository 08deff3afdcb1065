/// Messages: the parts of an inbound message stanza, the shapes of an outbound one, and what goes into the
/// ciphertext.
///
/// - Knows: padding, ids, participant hashes, which attribute a content asks for.
/// - Receives: protobuf messages, ciphertexts, nodes.
/// - Gives: nodes, padded bytes, values.
/// - Never: encrypts, chooses devices, draws randomness of its own.
/// - First file to read: [Draft].
@NullMarked
package dev.waggle.stanza.message;

import org.jspecify.annotations.NullMarked;
