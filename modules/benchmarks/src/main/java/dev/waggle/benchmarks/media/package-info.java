/// What it costs to encrypt a file and to decrypt it verified.
///
/// - Knows: the streams of `dev.waggle.media`.
/// - Receives: nothing.
/// - Gives: benchmark methods.
/// - Never: touches a disk or a socket.
/// - First file to read: [MediaStreamsBenchmark].
@NullMarked
package dev.waggle.benchmarks.media;

import org.jspecify.annotations.NullMarked;
