/// Kills a node again and again, and compares what everybody saw with what was promised.
///
/// - Knows: the admin API and the simulator's admin routes, as any client does; how a node's process is started.
/// - Receives: how much to say, how often to kill, a seed.
/// - Gives: a history, and a list of violations that should be empty.
/// - Never: looks into the node that it judges.
/// - First file to read: [Checker].
@NullMarked
package dev.waggle.platform.chaos;

import org.jspecify.annotations.NullMarked;
