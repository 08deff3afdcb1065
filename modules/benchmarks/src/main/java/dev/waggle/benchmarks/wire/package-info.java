/// The node codec on three stanzas of everyday sizes.
///
/// - Knows: what the stanzas look like.
/// - Receives: nothing.
/// - Gives: their wire form and their tree.
/// - Never: measures the network.
/// - First file to read: [NodeCodecBenchmark].
@NullMarked
package dev.waggle.benchmarks.wire;

import org.jspecify.annotations.NullMarked;
