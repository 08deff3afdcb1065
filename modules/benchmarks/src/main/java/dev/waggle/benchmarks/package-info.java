/// What the rooms cost: small benchmarks, run by one command, printed as one line each.
///
/// - Knows: which benchmark answers which row of the published comparison, and how long to measure.
/// - Receives: options, and time on a processor.
/// - Gives: lines of name, value and unit; progress on the error stream.
/// - Never: is part of a running node.
/// - First file to read: [Row].
@NullMarked
package dev.waggle.benchmarks;

import org.jspecify.annotations.NullMarked;
