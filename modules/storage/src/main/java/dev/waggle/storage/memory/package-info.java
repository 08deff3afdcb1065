/// The in-memory twins of the stores, with switches that make them fail: for tests, demos and as the model of the
/// contract.
///
/// - Knows: the same rules as any backend.
/// - Receives: writes, and faults to play.
/// - Gives: rows from maps.
/// - Never: survives its process.
/// - First file to read: [dev.waggle.storage.memory.MemoryProvider].
@NullMarked
package dev.waggle.storage.memory;

import org.jspecify.annotations.NullMarked;
