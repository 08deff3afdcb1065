/// Guard: one layout for all sources, and the command that restores it.
///
/// - Knows: the rules of the house.
/// - Receives: the tree.
/// - Gives: findings.
/// - Never: changes a file, except `Format` when a person asks for it.
/// - First file to read: [Format].
@NullMarked
package dev.waggle.guards.format;

import org.jspecify.annotations.NullMarked;
