/// Work beside the actors, and time.
///
/// - Knows: what runs, what is due.
/// - Receives: work that may wait, steps and when they are due.
/// - Gives: handles that tell the outcome and end the work.
/// - Never: runs work on the caller's thread.
/// - First file to read: [TaskRuntime].
@NullMarked
package dev.waggle.transport.runtime;

import org.jspecify.annotations.NullMarked;
