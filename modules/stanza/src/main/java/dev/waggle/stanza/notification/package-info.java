/// What notifications say: of keys, devices, groups, linking and the account's other devices.
///
/// - Knows: the contents of the kinds that change what the account knows; all others stay a node.
/// - Receives: a notification node.
/// - Gives: a [Content].
/// - Never: acts on it; that a notification was acknowledged is the account's business.
/// - First file to read: [Content].
@NullMarked
package dev.waggle.stanza.notification;

import org.jspecify.annotations.NullMarked;
