/// A backend as a stranger would write it, to learn from and to keep the contract honest: his own database, and the
/// four operations that [dev.waggle.storage.keyvalue.KeyValues] asks for.
///
/// - Knows: the ports, a file.
/// - Receives: steps and questions.
/// - Gives: a backend that passes every contract test.
/// - Never: reaches 300 lines.
/// - First file to read: [dev.waggle.storage.example.ExampleContractTest], then `docs/backends.md`.
@NullMarked
package dev.waggle.storage.example;

import org.jspecify.annotations.NullMarked;
