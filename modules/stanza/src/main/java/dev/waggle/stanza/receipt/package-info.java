/// Receipts, acks and nacks, both ways.
///
/// - Knows: what is sent for what, and the codes of refusals.
/// - Receives: nodes, ids, addresses.
/// - Gives: nodes and values.
/// - Never: decides when something is durable enough to be acknowledged.
/// - First file to read: [Receipts].
@NullMarked
package dev.waggle.stanza.receipt;

import org.jspecify.annotations.NullMarked;
