/// The account's device row and its only writer.
///
/// - Knows: the row as it was stored last, and which link it belongs to.
/// - Receives: changes, in order; what connections learn of the server.
/// - Gives: the row; what is known of the server.
/// - Never: draws a key, decides when one is rotated, or speaks to the server.
/// - First file to read: [DeviceBook].
@NullMarked
package dev.waggle.platform.account.device;

import org.jspecify.annotations.NullMarked;
