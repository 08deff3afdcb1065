/// What the rooms of one account ask of each other: interfaces and values, no actors.
///
/// A sub-room of `account` knows neither the account nor its siblings; it knows these ports, and the account's
/// wiring binds each of them to the sibling that answers.
///
/// - Knows: the shape of a question between siblings.
/// - Receives: nothing; it has no behaviour.
/// - Gives: the vocabulary of the account's inside.
/// - Never: holds state or spawns anything.
/// - First file to read: [Line].
@NullMarked
package dev.waggle.platform.port;

import org.jspecify.annotations.NullMarked;
