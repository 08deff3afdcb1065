/// The primary device of each user: what the phone app does when a companion is linked.
///
/// - Knows: the QR text, the eight-character code, the signatures that link a companion.
/// - Receives: what a person shows or types, and the companion's answers.
/// - Gives: offers to link, and the signed list of linked devices.
/// - Never: shares the client's pairing code; only primitives of `crypto`.
/// - First file to read: [MockPhones].
@NullMarked
package dev.waggle.simulator.phone;

import org.jspecify.annotations.NullMarked;
