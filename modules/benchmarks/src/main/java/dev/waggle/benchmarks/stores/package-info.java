/// What store calls cost, per backend.
///
/// - Knows: the store ports; a backend by its name only.
/// - Receives: a backend's name, a directory, a span of time.
/// - Gives: calls per second.
/// - Never: knows how a backend is built.
/// - First file to read: [StoreBenchmarks].
@NullMarked
package dev.waggle.benchmarks.stores;

import org.jspecify.annotations.NullMarked;
