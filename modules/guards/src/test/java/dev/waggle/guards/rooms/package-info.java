/// Guard: which room may use which, read from the compiled classes.
///
/// - Knows: the rules of the house.
/// - Receives: the tree.
/// - Gives: findings.
/// - Never: changes a file, except `Format` when a person asks for it.
/// - First file to read: [RoomsTest].
@NullMarked
package dev.waggle.guards.rooms;

import org.jspecify.annotations.NullMarked;
