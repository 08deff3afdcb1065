/// The guards: what is checked about the house itself, beside what each room checks about its work.
///
/// - Knows: where the rooms lie in the tree ([Tree]).
/// - Receives: source files and compiled classes.
/// - Gives: [Finding]s, each with a place and a rule.
/// - Never: ships, nor changes what it looks at.
/// - First file to read: [Tree], then `format`, `tidy` and `rooms`.
@NullMarked
package dev.waggle.guards;

import org.jspecify.annotations.NullMarked;
