/// Sessions and sender keys, from record to record.
///
/// - Knows: in which order two parties talk.
/// - Receives: texts of 300 bytes.
/// - Gives: ciphertexts and the next records.
/// - Never: stores a record: what a store costs is its own room's to measure.
/// - First file to read: [RatchetBenchmark].
@NullMarked
package dev.waggle.benchmarks.signal;

import org.jspecify.annotations.NullMarked;
