/// Guard: sizes, names and leftovers, read from the text of the sources.
///
/// - Knows: the rules of the house.
/// - Receives: the tree.
/// - Gives: findings.
/// - Never: changes a file, except `Format` when a person asks for it.
/// - First file to read: [TidyTest].
@NullMarked
package dev.waggle.guards.tidy;

import org.jspecify.annotations.NullMarked;
