/// Questions to the server, one file each: a question owns the reading of its answer.
///
/// - Knows: the namespaces and shapes of iq stanzas.
/// - Receives: what is asked about, and the reply node.
/// - Gives: the iq node, and the answer as a value.
/// - Never: draws ids, waits for replies, remembers what was asked.
/// - First file to read: [CountPreKeys].
@NullMarked
package dev.waggle.stanza.iq;

import org.jspecify.annotations.NullMarked;
