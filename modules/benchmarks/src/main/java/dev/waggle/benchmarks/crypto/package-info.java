/// The curve: agreements, key pairs, signatures.
///
/// - Knows: which forms of a signature there are: once, and with the key kept.
/// - Receives: fixed keys and texts.
/// - Gives: secrets and signatures.
/// - Never: measures what the JDK does by itself.
/// - First file to read: [CurveBenchmark].
@NullMarked
package dev.waggle.benchmarks.crypto;

import org.jspecify.annotations.NullMarked;
