/// Sends again, to the one device that could not read.
///
/// - Knows: what was sent again, to whom, how often; which device may ask how soon.
/// - Receives: retry receipts.
/// - Gives: one ciphertext to the device that asked, under the same id; then the receipt's ack.
/// - Never: answers a device that the message was not for; acknowledges a request that was neither answered nor
///   refused.
/// - First file to read: [Retries], then [Resend].
@NullMarked
package dev.waggle.platform.account.retry;

import org.jspecify.annotations.NullMarked;
