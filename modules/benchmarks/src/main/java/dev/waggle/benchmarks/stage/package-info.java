/// Nodes, the simulator and Cassandra as processes of their own, and what can be asked of them.
///
/// - Knows: the admin API, the simulator's admin routes, and what the kernel tells of a process.
/// - Receives: how nodes are started.
/// - Gives: accounts that are linked, events, memory and processor time.
/// - Never: shares a process with what it measures, or looks into it other than as an operator could.
/// - First file to read: [Stage].
@NullMarked
package dev.waggle.benchmarks.stage;

import org.jspecify.annotations.NullMarked;
