/// Faults in seeded random order on a fleet under traffic, and what they came to.
///
/// - Knows: the fleet, its API and the simulator; who has to say what when nothing is lost.
/// - Receives: how long, how many accounts, a seed.
/// - Gives: a report with every broken promise, and how long accounts were away.
/// - Never: looks into a node that it judges.
/// - First file to read: [dev.waggle.platform.chaos.storm.Storm].
@NullMarked
package dev.waggle.platform.chaos.storm;

import org.jspecify.annotations.NullMarked;
