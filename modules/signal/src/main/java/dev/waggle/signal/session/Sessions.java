package dev.waggle.signal.session;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.CryptoException;
import dev.waggle.signal.SignalException;
import dev.waggle.signal.identity.LocalIdentity;
import dev.waggle.signal.message.PreKeyMessage;
import dev.waggle.signal.message.RatchetMessage;
import dev.waggle.signal.prekey.PreKeyBundle;
import dev.waggle.signal.prekey.PreKeyLookup;
import dev.waggle.signal.ratchet.ChainKey;
import dev.waggle.signal.ratchet.MessageKeys;
import java.security.SecureRandom;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Sessions as functions from record to record. Who calls serialises the calls on one record, and lets no
/// ciphertext leave before [Encrypted#mustStoreFirst] is met.
public final class Sessions {
    private Sessions() {}

    /// A session with a device of which we hold no record. Its first messages are pre-key messages.
    ///
    /// @throws SignalException when the signed pre-key is not signed by the identity, or a key is unusable
    public static SessionRecord start(LocalIdentity local, PreKeyBundle bundle, SecureRandom random) {
        return start(local, null, bundle, random);
    }

    /// The same beside earlier sessions, which are archived. Whether the bundle's identity is the known one is for
    /// the caller to compare.
    ///
    /// @throws SignalException when the signed pre-key is not signed by the identity, or a key is unusable
    public static SessionRecord start(
            LocalIdentity local, @Nullable SessionRecord record, PreKeyBundle bundle, SecureRandom random) {
        if (!bundle.genuine()) {
            throw new SignalException("signed-pre-key", bundle.signedPreKeyId(), "signed by the identity key");
        }
        try {
            return orEmpty(record, local).withNew(X3dh.initiate(local, bundle, random));
        } catch (CryptoException smallOrder) {
            throw new SignalException("bundle", "unusable key", "keys of full order");
        }
    }

    /// @param plaintext padded by the caller as WhatsApp wants it
    /// @throws SignalException when the record has no session in use, see [SessionRecord#hasSession]
    public static Encrypted encrypt(SessionRecord record, byte[] plaintext) {
        var state = record.current();
        if (state == null || !record.hasSession()) {
            throw new SignalException("session", "none to send on", "a session; start one with a bundle");
        }
        var opened = state.opened();
        if (!(opened.sending() instanceof Sending.Open chain)) {
            throw new IllegalStateException("a session that can send opens");
        }
        var chainKey = chain.chainKey().unsafeArray();
        var next = record.withCurrent(opened.with(chain.advanced(ChainKey.next(chainKey))));
        var message = sealed(record, opened, chain, MessageKeys.ofSession(ChainKey.seed(chainKey)), plaintext);
        var unanswered = opened.unanswered();
        return unanswered == null
                ? new Encrypted(next, CiphertextType.WHISPER, Bytes.wrap(message), !chain.covered())
                : new Encrypted(
                        next,
                        CiphertextType.PRE_KEY,
                        Bytes.wrap(announced(record, opened, unanswered, message)),
                        !chain.covered());
    }

    private static byte[] sealed(
            SessionRecord record, SessionState state, Sending.Open chain, MessageKeys keys, byte[] plaintext) {
        var unsigned = RatchetMessage.unsigned(
                chain.ratchet().publicKey(), chain.counter(), chain.previousCounter(), keys.encrypt(plaintext));
        return RatchetMessage.signed(unsigned, keys.mac(record.localIdentity(), state.remoteIdentity(), unsigned));
    }

    private static byte[] announced(
            SessionRecord record, SessionState state, SessionState.Unanswered unanswered, byte[] message) {
        return PreKeyMessage.encode(
                record.localRegistrationId(),
                unanswered.preKeyId(),
                unanswered.signedPreKeyId(),
                state.baseKey(),
                record.localIdentity(),
                message);
    }

    /// Reads a `msg`.
    public static DecryptOutcome decryptMessage(
            LocalIdentity local, @Nullable SessionRecord record, byte[] message, Peer peer, SecureRandom random) {
        try {
            return read(orEmpty(record, local), RatchetMessage.parse(message), peer, random);
        } catch (SignalException malformed) {
            return new DecryptOutcome.InvalidMessage(reason(malformed));
        }
    }

    /// Reads a `pkmsg`. `keys` are the private halves that the message names; they are not needed when
    /// [#knows] says that the session is there already.
    public static DecryptOutcome decryptPreKey(
            LocalIdentity local,
            @Nullable SessionRecord record,
            byte[] message,
            PreKeyLookup keys,
            Peer peer,
            SecureRandom random) {
        try {
            var parsed = PreKeyMessage.parse(message);
            var beside = orEmpty(record, local);
            var trusted = peer.knownIdentity() != null
                    ? peer.knownIdentity()
                    : beside.remoteIdentity().orElse(parsed.identityKey());
            if (!trusted.equals(parsed.identityKey())) {
                return new DecryptOutcome.UntrustedIdentity(parsed.identityKey());
            }
            return knows(beside, parsed)
                    ? read(beside, parsed.message(), peer, random)
                    : respond(local, beside, parsed, keys, peer, random);
        } catch (SignalException malformed) {
            return new DecryptOutcome.InvalidMessage(reason(malformed));
        }
    }

    /// True when the message belongs to a session that the record holds, so that no pre-key needs to be looked up.
    public static boolean knows(@Nullable SessionRecord record, PreKeyMessage message) {
        return record != null
                && record.states().stream()
                        .anyMatch(state -> state.baseKey().equals(message.baseKey())
                                && state.remoteIdentity().equals(message.identityKey()));
    }

    private static DecryptOutcome respond(
            LocalIdentity local,
            SessionRecord record,
            PreKeyMessage message,
            PreKeyLookup keys,
            Peer peer,
            SecureRandom random) {
        var signed = keys.signed(message.signedPreKeyId()).orElse(null);
        if (signed == null) {
            return new DecryptOutcome.InvalidKeyId(message.signedPreKeyId());
        }
        var id = message.preKeyId();
        var oneTime = id.isPresent() ? keys.oneTime(id.getAsInt()).orElse(null) : null;
        if (id.isPresent() && oneTime == null) {
            return new DecryptOutcome.InvalidKeyId(id.getAsInt());
        }
        try {
            var state = X3dh.respond(local, message, signed, oneTime);
            return switch (Attempt.onTurn(
                    state, record.localIdentity(), message.message(), peer.forwardJumpsMax(), random)) {
                case Attempt.Failed(var why) -> why;
                case Attempt.Read(var next, var plaintext) ->
                    new DecryptOutcome.Plaintext(record.withNew(next), plaintext, id, next.remoteIdentity());
            };
        } catch (CryptoException smallOrder) {
            return new DecryptOutcome.InvalidMessage("pkmsg key: unusable (expected: a key of full order)");
        }
    }

    /// A ratchet key belongs to one session: the one that has seen it decides, and only when none has are all of
    /// them tried.
    private static DecryptOutcome read(SessionRecord record, RatchetMessage message, Peer peer, SecureRandom random) {
        var states = record.states();
        for (var state : states) {
            var chain = state.receiving(message.ratchetKey());
            if (chain != null) {
                var attempt = Attempt.onChain(state, chain, record.localIdentity(), message, peer.forwardJumpsMax());
                return outcome(record, state, attempt, peer);
            }
        }
        return states.isEmpty() ? new DecryptOutcome.NoSession() : readTurn(record, states, message, peer, random);
    }

    private static DecryptOutcome readTurn(
            SessionRecord record, List<SessionState> states, RatchetMessage message, Peer peer, SecureRandom random) {
        DecryptOutcome last = new DecryptOutcome.BadMac();
        for (var state : states) {
            var attempt = Attempt.onTurn(state, record.localIdentity(), message, peer.forwardJumpsMax(), random);
            last = outcome(record, state, attempt, peer);
            if (!(attempt instanceof Attempt.Failed(DecryptOutcome.BadMac _))) {
                return last;
            }
        }
        return last;
    }

    private static DecryptOutcome outcome(SessionRecord record, SessionState state, Attempt attempt, Peer peer) {
        return switch (attempt) {
            case Attempt.Failed(var why) -> why;
            case Attempt.Read(var next, var plaintext) -> {
                var known = peer.knownIdentity();
                yield known != null && !known.equals(next.remoteIdentity())
                        ? new DecryptOutcome.UntrustedIdentity(next.remoteIdentity())
                        : new DecryptOutcome.Plaintext(
                                record.promoted(state, next), plaintext, OptionalInt.empty(), next.remoteIdentity());
            }
        };
    }

    /// A record under another identity of ours is from before we were linked anew: it holds nothing for us.
    private static SessionRecord orEmpty(@Nullable SessionRecord record, LocalIdentity local) {
        return record != null && record.localIdentity().equals(local.identity().publicKey())
                ? record
                : new SessionRecord(local.identity().publicKey(), local.registrationId(), null, List.of());
    }

    private static String reason(SignalException malformed) {
        return String.valueOf(malformed.getMessage());
    }
}
