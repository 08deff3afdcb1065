/// The strict eye of the server: is what a client sends what the real server would take?
///
/// - Knows: the rules of registration, key uploads, linked-device signatures, message and receipt shapes, and which
/// counters were used.
/// - Receives: stanzas and the device that sent them; reads the directory.
/// - Gives: verdicts, and what it found into the report.
/// - Never: shares a parser or an encoder with the client that it judges, opens a ciphertext, or moves a stanza.
/// - First file to read: [StrictInspector], then [Rule].
@NullMarked
package dev.waggle.simulator.check;

import org.jspecify.annotations.NullMarked;
