/// A backend as a stranger would write it, to learn from and to keep the contract honest: it shares no line with
/// the in-memory twin.
///
/// - Knows: the ports, and a toy key-value database.
/// - Receives: writes and questions.
/// - Gives: a backend that passes every contract test.
/// - Never: survives its process.
/// - First file to read: [dev.waggle.storage.example.ExampleContractTest], then `docs/backends.md`.
@NullMarked
package dev.waggle.storage.example;

import org.jspecify.annotations.NullMarked;
