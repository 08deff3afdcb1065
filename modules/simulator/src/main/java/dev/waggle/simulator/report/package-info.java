/// What the simulated server saw: the evidence that tests judge a client by.
///
/// - Knows: nothing of the protocol; it counts.
/// - Receives: observations.
/// - Gives: a snapshot.
/// - Never: forgets silently: what does not fit is counted as overflow.
/// - First file to read: [Report].
@NullMarked
package dev.waggle.simulator.report;

import org.jspecify.annotations.NullMarked;
