/// Who exists on the simulated server: users, their devices and keys, groups. State only; nothing here moves a
/// stanza.
///
/// - Knows: how numbers follow from names, which key was handed out.
/// - Receives: names, public keys.
/// - Gives: users, devices, key bundles, groups.
/// - Never: is touched from two threads: everything here belongs to the exchange's thread.
/// - First file to read: [Directory].
@NullMarked
package dev.waggle.simulator.directory;

import org.jspecify.annotations.NullMarked;
