package dev.waggle.signal.group;

import dev.waggle.address.Bytes;

/// What came of a group message. Only [Plaintext] carries a record.
public sealed interface GroupDecryptOutcome {

    /// Read and authentic. `next` may be stored only with or after the event that holds the plaintext.
    record Plaintext(SenderKeyRecord next, Bytes plaintext) implements GroupDecryptOutcome {}

    /// Authentic, but its iteration was used before or is older than the 2,000 that are kept.
    record Duplicate(int iteration) implements GroupDecryptOutcome {}

    /// We were never given the sender key with this id (32 bits).
    record NoSenderKey(int keyId) implements GroupDecryptOutcome {}

    /// Not signed by the owner of the sender key.
    record InvalidSignature() implements GroupDecryptOutcome {}

    /// Not a message of version 3, or not readable although signed. `reason` may be logged.
    record InvalidMessage(String reason) implements GroupDecryptOutcome {}

    /// The message is `iterations` ahead of its chain, more than 2,000.
    record TooFarAhead(int iterations) implements GroupDecryptOutcome {}
}
