/// Who we are to the devices that we hold sessions with.
///
/// - Knows: the identity key pair and the registration id.
/// - Receives: keys.
/// - Gives: a validated value.
/// - Never: stores or compares the identities of others.
/// - First file to read: [LocalIdentity].
@NullMarked
package dev.waggle.signal.identity;

import org.jspecify.annotations.NullMarked;
