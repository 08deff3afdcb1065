/// From the journal to the stores.
///
/// - Knows: which journal event means which store writes, and how far the stores have followed.
/// - Receives: journaled events with their revision, in order.
/// - Gives: atomic batches to the backend; "the stores stand at N" to the account.
/// - Never: writes what is not journaled; never writes out of order.
/// - First file to read: [Projection].
@NullMarked
package dev.waggle.platform.account.projection;

import org.jspecify.annotations.NullMarked;
