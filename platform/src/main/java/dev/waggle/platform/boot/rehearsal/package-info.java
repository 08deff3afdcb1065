/// What a node pretends for tests: to end or to stand still at a named point, and that its clock is wrong.
///
/// - Knows: nothing of the node.
/// - Receives: settings that are empty outside of tests, and a file that is read again and again.
/// - Gives: the node's clock, and whom its rooms tell where they are.
/// - Never: does anything when its settings are empty.
/// - First file to read: [dev.waggle.platform.boot.rehearsal.Rehearsal].
@NullMarked
package dev.waggle.platform.boot.rehearsal;

import org.jspecify.annotations.NullMarked;
