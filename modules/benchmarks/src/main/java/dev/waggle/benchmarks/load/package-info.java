/// What a whole node costs: memory for each account, processor time for each message, time until accounts are back.
///
/// - Knows: the admin API, the simulator's admin routes, and what the kernel tells of a process.
/// - Receives: how many accounts, contacts, texts; how a node is started.
/// - Gives: one line per figure.
/// - Never: shares a process with what it measures, or looks into it other than as an operator could.
/// - First file to read: [DensityCommand].
@NullMarked
package dev.waggle.benchmarks.load;

import org.jspecify.annotations.NullMarked;
