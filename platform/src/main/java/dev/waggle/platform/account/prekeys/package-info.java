/// Our own pre-keys: drawn, stored, then uploaded.
///
/// - Knows: the id that comes next, which keys the server has not confirmed, how low the server runs.
/// - Receives: the line, "low" notifications, a wish for one key bundle.
/// - Gives: uploads to the server, bundles to retry receipts.
/// - Never: shows a public key whose private half and watermark are not durable (rule D4); never gives an id twice.
/// - First file to read: [PreKeys].
@NullMarked
package dev.waggle.platform.account.prekeys;

import org.jspecify.annotations.NullMarked;
