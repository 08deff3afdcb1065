/// A WhatsApp server on loopback, with phones and contacts in it: for demos, tests, load and faults.
///
/// - Knows: how the parts are put together.
/// - Receives: settings.
/// - Gives: addresses and the root key that its certificate chain is signed by.
/// - Never: listens anywhere but on loopback.
/// - First file to read: [Simulator].
@NullMarked
package dev.waggle.simulator;

import org.jspecify.annotations.NullMarked;
