/// The four messages on the wire, between bytes and values.
///
/// ```
/// 33 | SignalMessage                | 8 bytes HMAC-SHA256          RatchetMessage       enc type "msg"
/// 33 | PreKeySignalMessage                                         PreKeyMessage        enc type "pkmsg"
/// 33 | SenderKeyMessage             | 64 bytes XEdDSA              GroupMessage         enc type "skmsg"
/// 33 | SenderKeyDistributionMessage                                DistributionMessage  inside a message
/// ```
///
/// - Knows: field numbers, version byte, key prefix, tag lengths.
/// - Receives: bytes.
/// - Gives: values with 32-byte keys, or [dev.waggle.signal.SignalException].
/// - Never: decrypts or verifies.
/// - First file to read: [RatchetMessage].
@NullMarked
package dev.waggle.signal.message;

import org.jspecify.annotations.NullMarked;
