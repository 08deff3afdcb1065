package dev.waggle.signal.group;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.CryptoException;
import dev.waggle.crypto.KeyPair;
import dev.waggle.crypto.XEdDsa;
import dev.waggle.signal.SignalException;
import dev.waggle.signal.message.DistributionMessage;
import dev.waggle.signal.message.GroupMessage;
import dev.waggle.signal.ratchet.ChainKey;
import dev.waggle.signal.ratchet.MessageKeys;
import dev.waggle.signal.ratchet.SkippedKeys;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sender keys as functions from record to record. Who calls serialises the calls on one record, and lets no ciphertext
/// leave before [GroupEncrypted#mustStoreFirst] is met.
public final class SenderKeys {
    public static final int JUMPS_MAX = 2_000;
    private static final int KEY = 32;

    private SenderKeys() {}

    /// A new key of our own, in the place of any other: what is sent from now on is read only by those who get it.
    public static CreatedSenderKey create(SecureRandom random) {
        var chainKey = new byte[KEY];
        random.nextBytes(chainKey);
        var signing = KeyPair.generate(random);
        var state = new SenderKeyState(
                random.nextInt(Integer.MAX_VALUE),
                Bytes.wrap(chainKey),
                0,
                signing.publicKey(),
                signing.privateKey(),
                0,
                SkippedKeys.NONE);
        var record = new SenderKeyRecord(List.of(state));
        return new CreatedSenderKey(record, distribution(record));
    }

    /// Our key as it stands, for a member who is to read from the next message on.
    ///
    /// @throws SignalException when the record holds no key of our own
    public static Bytes distribution(SenderKeyRecord record) {
        var state = own(record);
        return new DistributionMessage(state.keyId(), state.iteration(), state.chainKey(), state.signingPublic())
                .encode();
    }

    /// The id (32 bits) of our key.
    ///
    /// @throws SignalException when the record holds no key of our own
    public static int keyId(SenderKeyRecord record) {
        return own(record).keyId();
    }

    /// How many messages were sent, or passed over, under our key.
    ///
    /// @throws SignalException when the record holds no key of our own
    public static int iteration(SenderKeyRecord record) {
        return own(record).iteration();
    }

    /// Takes in a sender key that was given to us. One that we hold already keeps its place, so that a repeated
    /// distribution does not open used iterations again.
    public static DistributionOutcome process(@Nullable SenderKeyRecord record, byte[] distribution) {
        try {
            var message = DistributionMessage.parse(distribution);
            var known = record == null ? new SenderKeyRecord(List.of()) : record;
            return new DistributionOutcome.Accepted(taken(known, message), message.keyId());
        } catch (SignalException malformed) {
            return new DistributionOutcome.InvalidMessage(String.valueOf(malformed.getMessage()));
        }
    }

    private static SenderKeyRecord taken(SenderKeyRecord record, DistributionMessage message) {
        var state = record.state(message.keyId());
        if (state == null || !state.signingPublic().equals(message.signingKey())) {
            return record.withNew(SenderKeyState.ofOthers(message));
        }
        boolean outOfReach = !state.own() && message.iteration() - state.iteration() > JUMPS_MAX;
        return outOfReach ? record.with(state.jumped(message)) : record;
    }

    /// @param plaintext padded by the caller as WhatsApp wants it
    /// @throws SignalException when the record holds no key of our own
    public static GroupEncrypted encrypt(SenderKeyRecord record, byte[] plaintext, SecureRandom random) {
        var state = own(record);
        var signing = state.signingPrivate();
        if (signing == null) {
            throw new IllegalStateException("own states sign");
        }
        var keys = MessageKeys.ofGroup(ChainKey.seed(state.chainKey().unsafeArray()));
        var unsigned = GroupMessage.unsigned(state.keyId(), state.iteration(), keys.encrypt(plaintext));
        var random64 = new byte[XEdDsa.RANDOM_BYTES];
        random.nextBytes(random64);
        var message = GroupMessage.signed(unsigned, XEdDsa.sign(signing.unsafeArray(), unsigned, random64));
        return new GroupEncrypted(record.with(state.advanced()), Bytes.wrap(message), !state.covered());
    }

    /// Reads a `skmsg`. The signature is checked first: whatever else comes out, the owner of the key said it.
    public static GroupDecryptOutcome decrypt(@Nullable SenderKeyRecord record, byte[] message) {
        try {
            var parsed = GroupMessage.parse(message);
            var state = record == null ? null : record.state(parsed.keyId());
            if (record == null || state == null) {
                return new GroupDecryptOutcome.NoSenderKey(parsed.keyId());
            }
            return genuine(state, parsed) ? read(record, state, parsed) : new GroupDecryptOutcome.InvalidSignature();
        } catch (SignalException malformed) {
            return new GroupDecryptOutcome.InvalidMessage(String.valueOf(malformed.getMessage()));
        }
    }

    private static boolean genuine(SenderKeyState state, GroupMessage message) {
        return XEdDsa.verify(
                state.signingPublic().unsafeArray(),
                message.signed().unsafeArray(),
                message.signature().unsafeArray());
    }

    private static GroupDecryptOutcome read(SenderKeyRecord record, SenderKeyState state, GroupMessage message) {
        int ahead = message.iteration() - state.iteration();
        if (ahead < 0) {
            return readSkipped(record, state, message);
        }
        if (ahead > JUMPS_MAX) {
            return new GroupDecryptOutcome.TooFarAhead(ahead);
        }
        var chainKey = ChainKey.after(state.chainKey().unsafeArray(), ahead);
        var keys = MessageKeys.ofGroup(ChainKey.seed(chainKey));
        return opened(record, keys, message, state.past(message.iteration(), chainKey));
    }

    private static GroupDecryptOutcome readSkipped(
            SenderKeyRecord record, SenderKeyState state, GroupMessage message) {
        int position = state.skipped().find(message.iteration());
        return position < 0
                ? new GroupDecryptOutcome.Duplicate(message.iteration())
                : opened(
                        record,
                        MessageKeys.ofGroup(state.skipped().seedAt(position)),
                        message,
                        state.withoutSkipped(position));
    }

    private static GroupDecryptOutcome opened(
            SenderKeyRecord record, MessageKeys keys, GroupMessage message, SenderKeyState next) {
        try {
            var plaintext = keys.decrypt(message.ciphertext().unsafeArray());
            return new GroupDecryptOutcome.Plaintext(record.with(next), Bytes.wrap(plaintext));
        } catch (CryptoException wrongPadding) {
            return new GroupDecryptOutcome.InvalidMessage("skmsg ciphertext: unreadable (expected: AES-CBC)");
        }
    }

    private static SenderKeyState own(SenderKeyRecord record) {
        var state = record.newest();
        if (state == null || !state.own()) {
            throw new SignalException("sender key", "none of our own", "a key made by create");
        }
        return state;
    }
}
