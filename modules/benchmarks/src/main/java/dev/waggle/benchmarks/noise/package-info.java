/// Frames of a connection that is up.
///
/// - Knows: how two sides meet.
/// - Receives: texts of 300 bytes.
/// - Gives: frames.
/// - Never: measures a handshake.
/// - First file to read: [FrameCipherBenchmark].
@NullMarked
package dev.waggle.benchmarks.noise;

import org.jspecify.annotations.NullMarked;
