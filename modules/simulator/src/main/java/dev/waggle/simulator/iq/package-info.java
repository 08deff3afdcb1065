/// Questions and answers: one class per namespace.
///
/// - Knows: what the server answers to each iq.
/// - Receives: the asking device and its question.
/// - Gives: the answer; notifications through [Registry#send].
/// - Never: keeps state of its own beyond who asked about whom.
/// - First file to read: [Questions].
@NullMarked
package dev.waggle.simulator.iq;

import org.jspecify.annotations.NullMarked;
