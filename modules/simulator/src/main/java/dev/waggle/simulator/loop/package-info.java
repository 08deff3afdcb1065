/// The one thread that all state of the simulator belongs to.
///
/// - Knows: nothing.
/// - Receives: steps and questions from any thread.
/// - Gives: their results, in order.
/// - Never: loses the thread because a step failed.
/// - First file to read: [Loop].
@NullMarked
package dev.waggle.simulator.loop;

import org.jspecify.annotations.NullMarked;
