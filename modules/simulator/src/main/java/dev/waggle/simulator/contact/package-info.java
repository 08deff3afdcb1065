/// Simulated people: device 0 of a user with a real Signal state, in this process.
///
/// - Knows: how a message is encrypted for every device of a chat, read, receipted, asked for again and sent again.
/// - Receives: stanzas for its device, and what it is told to say or to do wrong.
/// - Gives: stanzas, and a numbered log of what it heard.
/// - Never: shares code with the client's inbox and outbox; only the cipher functions of `signal`. Never leaves the
///   exchange's thread.
/// - First file to read: [Contact]; [ContactBook] is what the rest of the simulator asks.
@NullMarked
package dev.waggle.simulator.contact;

import org.jspecify.annotations.NullMarked;
