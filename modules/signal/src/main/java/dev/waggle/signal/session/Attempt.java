package dev.waggle.signal.session;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.CryptoException;
import dev.waggle.crypto.Mac;
import dev.waggle.signal.message.RatchetMessage;
import dev.waggle.signal.ratchet.ChainKey;
import dev.waggle.signal.ratchet.MessageKeys;
import java.security.SecureRandom;

/// One message tried on one state. Nothing of the state is given back unless the MAC was right.
sealed interface Attempt {
    record Read(SessionState next, Bytes plaintext) implements Attempt {}

    record Failed(DecryptOutcome why) implements Attempt {}

    Attempt BAD_MAC = new Failed(new DecryptOutcome.BadMac());

    /// On a chain that the state knows.
    static Attempt onChain(
            SessionState state, ReceivingChain chain, Bytes localIdentity, RatchetMessage message, int jumpsMax) {
        return message.counter() < chain.counter()
                ? skipped(state, chain, localIdentity, message)
                : ahead(state, chain, localIdentity, message, jumpsMax);
    }

    /// On a chain that the other side has just begun.
    static Attempt onTurn(
            SessionState state, Bytes localIdentity, RatchetMessage message, int jumpsMax, SecureRandom random) {
        if (!state.canFollow()) {
            return BAD_MAC;
        }
        try {
            var followed = state.followed(message.ratchetKey(), random);
            return ahead(followed, followed.receiving().getLast(), localIdentity, message, jumpsMax);
        } catch (CryptoException smallOrder) {
            return BAD_MAC;
        }
    }

    private static Attempt skipped(
            SessionState state, ReceivingChain chain, Bytes localIdentity, RatchetMessage message) {
        int position = chain.skipped().find(message.counter());
        if (position < 0) {
            return new Failed(new DecryptOutcome.Duplicate(message.counter()));
        }
        var keys = MessageKeys.ofSession(chain.skipped().seedAt(position));
        if (!authentic(keys, state, localIdentity, message)) {
            return BAD_MAC;
        }
        return read(keys, message, state.read(chain.withoutSkipped(position)));
    }

    private static Attempt ahead(
            SessionState state, ReceivingChain chain, Bytes localIdentity, RatchetMessage message, int jumpsMax) {
        int jump = message.counter() - chain.counter();
        if (jump > jumpsMax) {
            return new Failed(new DecryptOutcome.TooFarAhead(jump));
        }
        var chainKey = ChainKey.after(chain.chainKey().unsafeArray(), jump);
        var keys = MessageKeys.ofSession(ChainKey.seed(chainKey));
        if (!authentic(keys, state, localIdentity, message)) {
            return BAD_MAC;
        }
        return read(keys, message, state.read(chain.past(message.counter(), chainKey)));
    }

    private static boolean authentic(
            MessageKeys keys, SessionState state, Bytes localIdentity, RatchetMessage message) {
        var expected =
                keys.mac(state.remoteIdentity(), localIdentity, message.signed().unsafeArray());
        return Mac.equal(expected, message.mac().unsafeArray());
    }

    private static Attempt read(MessageKeys keys, RatchetMessage message, SessionState next) {
        try {
            return new Read(next, Bytes.wrap(keys.decrypt(message.ciphertext().unsafeArray())));
        } catch (CryptoException wrongPadding) {
            return new Failed(new DecryptOutcome.InvalidMessage("msg ciphertext: unreadable (expected: AES-CBC)"));
        }
    }
}
