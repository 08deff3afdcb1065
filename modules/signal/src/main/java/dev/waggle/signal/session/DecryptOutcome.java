package dev.waggle.signal.session;

import dev.waggle.address.Bytes;
import java.util.OptionalInt;

/// What came of a session message. Only [Plaintext] carries a record; with every other outcome the record that was
/// given stays the one in use.
public sealed interface DecryptOutcome {

    /// Read and authentic. `next` may be stored only with or after the event that holds the plaintext; the consumed
    /// one-time pre-key may be removed only after `next` is durable. `plaintext` still has its WhatsApp padding.
    record Plaintext(SessionRecord next, Bytes plaintext, OptionalInt consumedPreKeyId, Bytes remoteIdentity)
            implements DecryptOutcome {}

    /// The counter was used before, or is older than the 2,000 that are kept. Not authenticated: says nothing about
    /// whether the content is the same.
    record Duplicate(int counter) implements DecryptOutcome {}

    /// There is no session that the message could belong to.
    record NoSession() implements DecryptOutcome {}

    /// No session that we hold made this message, or it was changed on the way.
    record BadMac() implements DecryptOutcome {}

    /// Not a message of session version 3. `reason` may be logged.
    record InvalidMessage(String reason) implements DecryptOutcome {}

    /// A pre-key message names a key (one-time or signed) that was not among those looked up.
    record InvalidKeyId(int id) implements DecryptOutcome {}

    /// The sender's identity key is not the one that we know. To accept it, pass it as the known one.
    record UntrustedIdentity(Bytes newKey) implements DecryptOutcome {}

    /// The message is `counters` ahead of its chain, more than allowed.
    record TooFarAhead(int counters) implements DecryptOutcome {}
}
