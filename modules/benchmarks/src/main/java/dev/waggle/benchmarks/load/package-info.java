/// What whole nodes cost: memory for each account, processor time for each message, time until accounts are back.
///
/// - Knows: the stage.
/// - Receives: how many accounts, contacts, texts, rounds.
/// - Gives: one line per figure.
/// - Never: knows how a node is built.
/// - First file to read: [DensityCommand].
@NullMarked
package dev.waggle.benchmarks.load;

import org.jspecify.annotations.NullMarked;
