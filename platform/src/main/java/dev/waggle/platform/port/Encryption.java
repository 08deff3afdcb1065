package dev.waggle.platform.port;

import dev.waggle.address.Bytes;
import dev.waggle.address.Jid;
import dev.waggle.signal.prekey.PreKeyBundle;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/// The account's ratchets. Every address here is already the one to be used: LID first (see [Contacts#canonical]).
public interface Encryption {
    enum Kind {
        /// `pkmsg`
        PRE_KEY,
        /// `msg`
        WHISPER,
        /// `skmsg`; needs the group
        SENDER_KEY
    }

    /// One `enc` of one stanza.
    record Sealed(
            Jid sender,
            Kind kind,
            Bytes ciphertext,
            @Nullable Jid group) {}

    /// What came of it. The token of a [Plain] must be given to [#settle] exactly once.
    sealed interface Opened {
        record Plain(long token, Bytes plaintext) implements Opened {}

        /// The counter was used before. Whether the message is known is for the inbox to find out.
        record Duplicate() implements Opened {}

        /// `retryReason` is the code that a retry receipt carries.
        record Failed(int retryReason, String why) implements Opened {}
    }

    /// One ciphertext of a fan-out, or the news that there is no session with that device.
    sealed interface ForDevice {
        Jid device();

        record Ciphertext(Jid device, boolean preKey, Bytes bytes) implements ForDevice {}

        record NoSession(Jid device) implements ForDevice {}
    }

    /// A group message under our own sender key, and the distribution that a device without it needs.
    record GroupCiphertext(int keyId, Bytes bytes, Bytes distribution) {}

    /// Our own sender key of a group: what a device needs to read from the next message on.
    record SenderKey(int keyId, Bytes distribution) {}

    CompletionStage<Opened> open(Sealed sealed);

    /// Everything opened under these tokens is in the journal, or has been given up: the records may be stored from
    /// now on.
    void settle(Collection<Long> tokens);

    /// Encrypts for each device that has a session. Completes only when the stored records cover every counter used
    /// (rule D3). Fails when the store does: then nothing may be sent.
    CompletionStage<List<ForDevice>> seal(List<Jid> devices, Bytes plaintext);

    /// Starts sessions from bundles. A device whose bundle is refused is left out of the result.
    CompletionStage<List<Jid>> install(Map<Jid, PreKeyBundle> bundles);

    /// Encrypts under our sender key for the group, made on first use. `self` is our own device in the group's
    /// addressing.
    CompletionStage<GroupCiphertext> sealForGroup(Jid group, Jid self, Bytes plaintext);

    /// Our sender key of the group as it stands; empty when none was made yet.
    CompletionStage<Optional<SenderKey>> senderKey(Jid group, Jid self);

    /// Takes a sender key distribution of `sender`; gives the record to be journaled with the message that brought
    /// it.
    CompletionStage<Bytes> learnSenderKey(Jid group, Jid sender, Bytes distribution);

    /// Throws our own sender key of the group away: the next group message distributes a new one to everybody.
    CompletionStage<Done> rotateSenderKey(Jid group, Jid self);

    /// Drops the session with a device, so that the next send starts a new one.
    CompletionStage<Done> forget(Jid device);

    /// The registration id that the session with a device was made under; 0 when there is no session.
    CompletionStage<Integer> remoteRegistration(Jid device);
}
