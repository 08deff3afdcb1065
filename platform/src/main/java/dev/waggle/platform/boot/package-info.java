/// Starts the rooms in order, and the commands that people type.
///
/// - Knows: every room's door.
/// - Receives: settings, arguments.
/// - Gives: a running node.
/// - Never: holds logic of its own.
/// - First file to read: [Node].
@NullMarked
package dev.waggle.platform.boot;

import org.jspecify.annotations.NullMarked;
