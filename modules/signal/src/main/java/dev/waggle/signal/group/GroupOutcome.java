package dev.waggle.signal.group;

import dev.waggle.address.Bytes;

/// What came of a group message. Only [Plaintext] carries a record; with every other outcome the given one stays.
public sealed interface GroupOutcome {
    /// Read and signed by the sender. `next` may be stored only with or after the event that holds the plaintext.
    record Plaintext(SenderKeyRecord next, Bytes plaintext) implements GroupOutcome {}

    /// The iteration was read before, or is older than the 2,000 that are kept.
    record Duplicate(int iteration) implements GroupOutcome {}

    /// The sender's key with this id never reached us.
    record NoSenderKey(int keyId) implements GroupOutcome {}

    record BadSignature() implements GroupOutcome {}

    record InvalidMessage(String reason) implements GroupOutcome {}

    record TooFarAhead(int iterations) implements GroupOutcome {}
}
