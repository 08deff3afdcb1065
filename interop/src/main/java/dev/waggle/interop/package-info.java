/// A client that we did not write against the simulator and, through it, against Waggle accounts.
///
/// - Knows: how to start each party and what each says of what happened to it.
/// - Receives: nothing; Node.js and a package registry are looked for.
/// - Gives: scenarios; where Node.js is missing, a loud skip.
/// - Never: looks into a party: what is asserted was told by the party itself or by the simulator's report.
/// - First file to read: [Desk], then [PairingTest].
@NullMarked
package dev.waggle.interop;

import org.jspecify.annotations.NullMarked;
