/// Questions about being a linked device: the two that link by code, and the one that unlinks.
///
/// - Knows: their shapes.
/// - Receives: keys already wrapped by `pairing`.
/// - Gives: iq nodes and the pairing reference.
/// - Never: wraps a key.
/// - First file to read: [CompanionHello].
@NullMarked
package dev.waggle.stanza.iq.companion;

import org.jspecify.annotations.NullMarked;
