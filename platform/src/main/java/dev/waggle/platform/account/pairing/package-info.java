/// From no identity to a link: by QR or by phone code.
///
/// - Knows: the codes of this attempt, how long each is good.
/// - Receives: the line of a registration, what the server asks on it.
/// - Gives: what to show to a person; a link to be journaled; then the confirmation.
/// - Never: confirms a link that is not journaled; never logs a code or a secret.
/// - First file to read: [Pairing].
@NullMarked
package dev.waggle.platform.account.pairing;

import org.jspecify.annotations.NullMarked;
