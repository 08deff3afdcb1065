package dev.waggle.signal.group;

import dev.waggle.address.Bytes;
import dev.waggle.proto.signal.StoredSenderKeyState;
import dev.waggle.signal.message.DistributionMessage;
import dev.waggle.signal.ratchet.ChainKey;
import dev.waggle.signal.ratchet.Lease;
import dev.waggle.signal.ratchet.SkippedKeys;
import dev.waggle.signal.stored.Stored;
import org.jspecify.annotations.Nullable;

/// One key of one sender: `iteration` is that of the next message, `ceiling` what the stored record covers (own
/// keys only).
record SenderKeyState(
        int keyId,
        Bytes chainKey,
        int iteration,
        Bytes signingPublic,
        @Nullable Bytes signingPrivate,
        int ceiling,
        SkippedKeys skipped) {

    static SenderKeyState received(DistributionMessage message) {
        return new SenderKeyState(
                message.keyId(),
                message.chainKey(),
                message.iteration(),
                message.signingKey(),
                null,
                0,
                SkippedKeys.NONE);
    }

    boolean own() {
        return signingPrivate != null;
    }

    /// At a later iteration of the same key; what was passed over before stays readable.
    SenderKeyState jumped(DistributionMessage message) {
        return at(message.iteration(), message.chainKey().unsafeArray(), ceiling, skipped);
    }

    SenderKeyState at(int next, byte[] nextChainKey, int nextCeiling, SkippedKeys nextSkipped) {
        return new SenderKeyState(
                keyId, Bytes.wrap(nextChainKey), next, signingPublic, signingPrivate, nextCeiling, nextSkipped);
    }

    SenderKeyState without(int position) {
        return at(iteration, chainKey.unsafeArray(), ceiling, skipped.without(position));
    }

    SenderKeyState resumed() {
        return signingPrivate == null
                ? this
                : at(ceiling, ChainKey.after(chainKey.unsafeArray(), ceiling - iteration), ceiling, skipped);
    }

    SenderKeyState parked() {
        return signingPrivate == null ? this : at(iteration, chainKey.unsafeArray(), iteration, skipped);
    }

    StoredSenderKeyState stored() {
        StoredSenderKeyState.Builder stored = StoredSenderKeyState.newBuilder()
                .setKeyId(keyId)
                .setChainKey(Stored.string(chainKey))
                .setIteration(iteration)
                .setSigningPublic(Stored.string(signingPublic))
                .setSkipped(skipped.stored());
        Bytes signing = signingPrivate;
        return signing == null
                ? stored.build()
                : stored.setSigningPrivate(Stored.string(signing))
                        .setCeiling(ceiling)
                        .build();
    }

    static SenderKeyState parse(StoredSenderKeyState stored) {
        int iteration = Stored.counter("iteration", stored.getIteration());
        boolean own = stored.hasSigningPrivate();
        if (own) {
            Lease.check(iteration, stored.getCeiling());
        }
        return new SenderKeyState(
                stored.getKeyId(),
                Stored.key("chain-key", stored.getChainKey()),
                iteration,
                Stored.key("signing-key", stored.getSigningPublic()),
                own ? Stored.key("signing-private", stored.getSigningPrivate()) : null,
                own ? stored.getCeiling() : 0,
                SkippedKeys.parse(stored.getSkipped(), iteration));
    }
}
