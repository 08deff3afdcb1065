package dev.waggle.simulator.contact;

import dev.waggle.address.Bytes;

/// What came of a ciphertext.
sealed interface Opened {
    /// The message inside, without padding.
    record Plain(Bytes message) implements Opened {}

    /// A counter that was used before.
    record Again() implements Opened {}

    /// Unreadable, with the reason that a retry receipt gives: 1 no session, 3 invalid key id, 4 invalid message,
    /// 6 too far ahead, 7 bad MAC.
    record Failed(int reason) implements Opened {}
}
