package dev.waggle.signal.group;

import dev.waggle.address.Bytes;
import dev.waggle.signal.SignalException;
import dev.waggle.signal.message.DistributionMessage;
import dev.waggle.signal.ratchet.ChainKey;
import dev.waggle.signal.ratchet.Lease;
import dev.waggle.signal.ratchet.SkippedKeys;
import org.jspecify.annotations.Nullable;

/// One sender key. Keys are 32 bytes; only our own has the private signing key and a ceiling above its iteration.
record SenderKeyState(
        int keyId,
        Bytes chainKey,
        int iteration,
        Bytes signingPublic,
        @Nullable Bytes signingPrivate,
        int ceiling,
        SkippedKeys skipped) {
    SenderKeyState {
        if (signingPrivate != null) {
            Lease.check(iteration, ceiling);
        } else if (ceiling != 0) {
            throw new SignalException("ceiling", ceiling, "0 on a key of others");
        }
    }

    static SenderKeyState ofOthers(DistributionMessage message) {
        return new SenderKeyState(
                message.keyId(), message.chainKey(), message.iteration(), message.signingKey(), null, 0, SkippedKeys.NONE);
    }

    boolean own() {
        return signingPrivate != null;
    }

    boolean covered() {
        return own() && iteration < ceiling;
    }

    /// After one message of our own.
    SenderKeyState advanced() {
        return at(ChainKey.after(chainKey, 1), iteration + 1, Lease.raised(iteration, ceiling));
    }

    SenderKeyState resumed() {
        return own() ? at(ChainKey.after(chainKey, ceiling - iteration), ceiling, ceiling) : this;
    }

    SenderKeyState parked() {
        return own() ? at(chainKey, iteration, iteration) : this;
    }

    private SenderKeyState at(Bytes key, int at, int covered) {
        return new SenderKeyState(keyId, key, at, signingPublic, signingPrivate, covered, skipped);
    }

    /// After the message at `reached`, which was at or above the iteration; `reachedKey` is the chain key there.
    SenderKeyState past(int reached, byte[] reachedKey) {
        var more = skipped.plus(chainKey.unsafeArray(), iteration, reached);
        var next = Bytes.wrap(ChainKey.next(reachedKey));
        return new SenderKeyState(keyId, next, reached + 1, signingPublic, signingPrivate, ceiling, more);
    }

    SenderKeyState withoutSkipped(int position) {
        return new SenderKeyState(
                keyId, chainKey, iteration, signingPublic, signingPrivate, ceiling, skipped.without(position));
    }

    /// At a later iteration of the same key, so far on that its messages could not be reached any more.
    SenderKeyState jumped(DistributionMessage message) {
        return new SenderKeyState(
                keyId, message.chainKey(), message.iteration(), signingPublic, signingPrivate, ceiling, skipped);
    }
}
