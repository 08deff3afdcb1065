/// What goes wrong on demand.
///
/// - Knows: which faults are armed, for whom, how often.
/// - Receives: orders from the operator; questions from the exchange ("does this one get through?").
/// - Gives: decisions; it carries nothing out.
/// - Never: touches a connection or a stanza.
/// - First file to read: [Fault], then [Faults].
@NullMarked
package dev.waggle.simulator.fault;

import org.jspecify.annotations.NullMarked;
