/// Our own pre-keys: drawn, stored, then shown; rotated; compared with what the server has.
///
/// - Knows: which ids come next, which keys the server has not confirmed, how low it runs, when a rotation is due.
/// - Receives: the line, "low" notifications, a wish for one key bundle.
/// - Gives: uploads and rotations to the server, bundles to retry receipts.
/// - Never: shows a public key whose private half and watermark are not durable (rule D4); never gives an id twice.
/// - First file to read: [PreKeys].
@NullMarked
package dev.waggle.platform.account.prekeys;

import org.jspecify.annotations.NullMarked;
