/// What a bot author compiles against: the only published API.
///
/// - Knows: what a bot sees and what it may ask for.
/// - Receives: events of one account, in order, each at least once.
/// - Gives: sends and state, taken together as one durable step.
/// - Never: shows a socket, a key, an actor or a store.
/// - First file to read: [Bot].
@NullMarked
package dev.waggle.plugin;

import org.jspecify.annotations.NullMarked;
