/// What a process writes that is killed again and again, for tests of any backend that keeps things.
///
/// - Knows: every kind of change, and what the stores hold after so many of them.
/// - Receives: numbers.
/// - Gives: batches, and failing assertions where a store does not hold what it must.
/// - Never: knows a backend.
/// - First file to read: [dev.waggle.storage.crash.Script].
@NullMarked
package dev.waggle.storage.crash;

import org.jspecify.annotations.NullMarked;
