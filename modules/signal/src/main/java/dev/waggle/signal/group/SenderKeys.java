package dev.waggle.signal.group;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.CryptoException;
import dev.waggle.crypto.KeyPair;
import dev.waggle.crypto.XEdDsa;
import dev.waggle.signal.SignalException;
import dev.waggle.signal.message.DistributionMessage;
import dev.waggle.signal.message.GroupMessage;
import dev.waggle.signal.ratchet.ChainKey;
import dev.waggle.signal.ratchet.Lease;
import dev.waggle.signal.ratchet.MessageKeys;
import dev.waggle.signal.ratchet.SkippedKeys;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sender keys as functions from record to record.
public final class SenderKeys {
    private static final int JUMPS_MAX = 2_000;

    private SenderKeys() {}

    /// A message under our own key. When `mustStoreFirst`, `next` must be durable before the ciphertext leaves.
    public record Encrypted(SenderKeyRecord next, Bytes ciphertext, boolean mustStoreFirst) {}

    /// A new key of our own; its id is 31 random bits.
    public static SenderKeyRecord create(SecureRandom random) {
        byte[] chainKey = new byte[32];
        random.nextBytes(chainKey);
        KeyPair signing = KeyPair.generate(random);
        return new SenderKeyRecord(List.of(new SenderKeyState(
                random.nextInt() & Integer.MAX_VALUE,
                Bytes.wrap(chainKey),
                0,
                signing.publicKey(),
                signing.privateKey(),
                0,
                SkippedKeys.NONE)));
    }

    /// What a member needs to read from the next message on.
    public static Bytes distribution(SenderKeyRecord own) {
        SenderKeyState state = own.newest();
        return new DistributionMessage(state.keyId(), state.iteration(), state.chainKey(), state.signingPublic())
                .encode();
    }

    /// Takes a sender's key. One that is there already keeps its place in the chain, so that neither a repetition
    /// opens used iterations again nor a later one gives up what is still on its way; only when the later one lies
    /// out of reach is it followed. A record of our own stays as it is, whatever others hand out.
    ///
    /// @throws SignalException when the bytes are no distribution
    public static SenderKeyRecord process(@Nullable SenderKeyRecord record, byte[] distribution) {
        DistributionMessage message = DistributionMessage.parse(distribution);
        if (record == null) {
            return new SenderKeyRecord(List.of(SenderKeyState.received(message)));
        }
        if (record.canSend()) {
            return record;
        }
        SenderKeyState known = record.state(message.keyId());
        if (known == null || !known.signingPublic().equals(message.signingKey())) {
            return record.with(SenderKeyState.received(message));
        }
        return message.iteration() - known.iteration() > JUMPS_MAX
                ? record.replaced(known, known.jumped(message))
                : record;
    }

    /// @throws SignalException when the record is not a key of our own
    public static Encrypted encrypt(SenderKeyRecord own, byte[] plaintext, SecureRandom random) {
        SenderKeyState state = own.newest();
        Bytes signing = state.signingPrivate();
        if (signing == null) {
            throw new SignalException("sender-key", "another's", "a key of our own");
        }
        byte[] chainKey = state.chainKey().unsafeArray();
        byte[] sealed = MessageKeys.ofGroup(ChainKey.seed(chainKey)).encrypt(plaintext);
        byte[] unsigned = GroupMessage.unsigned(state.keyId(), state.iteration(), sealed);
        byte[] noise = new byte[XEdDsa.RANDOM_BYTES];
        random.nextBytes(noise);
        byte[] message = GroupMessage.signed(unsigned, XEdDsa.sign(signing.unsafeArray(), unsigned, noise));
        int ceiling = Lease.raised(state.iteration(), state.ceiling());
        SenderKeyState next = state.at(state.iteration() + 1, ChainKey.next(chainKey), ceiling, state.skipped());
        return new Encrypted(own.replaced(state, next), Bytes.wrap(message), ceiling != state.ceiling());
    }

    public static GroupOutcome decrypt(@Nullable SenderKeyRecord record, byte[] bytes) {
        GroupMessage message;
        try {
            message = GroupMessage.parse(bytes);
        } catch (SignalException malformed) {
            return new GroupOutcome.InvalidMessage(String.valueOf(malformed.getMessage()));
        }
        SenderKeyState state = record == null ? null : record.state(message.keyId());
        if (record == null || state == null) {
            return new GroupOutcome.NoSenderKey(message.keyId());
        }
        byte[] signer = state.signingPublic().unsafeArray();
        if (!XEdDsa.verify(
                signer, message.signed().unsafeArray(), message.signature().unsafeArray())) {
            return new GroupOutcome.BadSignature();
        }
        return message.iteration() < state.iteration() ? late(record, state, message) : next(record, state, message);
    }

    private static GroupOutcome late(SenderKeyRecord record, SenderKeyState state, GroupMessage message) {
        int position = state.skipped().find(message.iteration());
        if (position < 0) {
            return new GroupOutcome.Duplicate(message.iteration());
        }
        byte[] seed = state.skipped().seedAt(position);
        return read(record.replaced(state, state.without(position)), seed, message);
    }

    private static GroupOutcome next(SenderKeyRecord record, SenderKeyState state, GroupMessage message) {
        int ahead = message.iteration() - state.iteration();
        if (ahead > JUMPS_MAX) {
            return new GroupOutcome.TooFarAhead(ahead);
        }
        byte[] chainKey = state.chainKey().unsafeArray();
        SkippedKeys skipped = state.skipped().plus(chainKey, state.iteration(), message.iteration());
        byte[] reached = ChainKey.after(chainKey, ahead);
        SenderKeyState advanced = state.at(message.iteration() + 1, ChainKey.next(reached), state.ceiling(), skipped);
        return read(record.replaced(state, advanced), ChainKey.seed(reached), message);
    }

    private static GroupOutcome read(SenderKeyRecord next, byte[] seed, GroupMessage message) {
        try {
            byte[] plaintext =
                    MessageKeys.ofGroup(seed).decrypt(message.ciphertext().unsafeArray());
            return new GroupOutcome.Plaintext(next, Bytes.wrap(plaintext));
        } catch (CryptoException e) {
            return new GroupOutcome.InvalidMessage("a signed message that does not decrypt");
        }
    }
}
