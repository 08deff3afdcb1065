/// A whole installation as processes of this machine: Cassandra, the simulated WhatsApp, and nodes of one cluster.
///
/// - Knows: how each of them is started, found and ended; the admin API and the simulator's routes.
/// - Receives: how many of each, and further settings of the nodes.
/// - Gives: accounts that are paired and talk, nodes that can be killed, frozen and cut off.
/// - Never: looks into a node; leaves a process behind; listens on anything but loopback.
/// - First file to read: [dev.waggle.platform.chaos.fleet.Fleet].
@NullMarked
package dev.waggle.platform.chaos.fleet;

import org.jspecify.annotations.NullMarked;
