/// What takes an account a while, and how far it came.
///
/// - Knows: which operations were begun lately, in the store.
/// - Receives: the work, and the question what became of it.
/// - Gives: an operation that any node finds again.
/// - Never: begins work a second time.
/// - First file to read: [Operations].
@NullMarked
package dev.waggle.platform.cluster.operation;

import org.jspecify.annotations.NullMarked;
