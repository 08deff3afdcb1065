/// The shapes of stanzas that the server writes: acknowledgements, errors, copies of messages.
///
/// - Knows: attribute names.
/// - Receives: values.
/// - Gives: nodes.
/// - Never: keeps anything, decides anything.
/// - First file to read: [Replies].
@NullMarked
package dev.waggle.simulator.shape;

import org.jspecify.annotations.NullMarked;
