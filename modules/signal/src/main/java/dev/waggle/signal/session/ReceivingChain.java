package dev.waggle.signal.session;

import dev.waggle.address.Bytes;
import dev.waggle.signal.ratchet.ChainKey;
import dev.waggle.signal.ratchet.SkippedKeys;

/// One chain of the other side, named by its ratchet key (32 bytes); `counter` is the next one expected.
record ReceivingChain(Bytes ratchetKey, Bytes chainKey, int counter, SkippedKeys skipped) {

    static ReceivingChain fresh(Bytes ratchetKey, Bytes chainKey) {
        return new ReceivingChain(ratchetKey, chainKey, 0, SkippedKeys.NONE);
    }

    /// After the message at `reached`, which was at or above `counter`; `reachedKey` is the chain key there.
    ReceivingChain past(int reached, byte[] reachedKey) {
        return new ReceivingChain(
                ratchetKey,
                Bytes.wrap(ChainKey.next(reachedKey)),
                reached + 1,
                skipped.plus(chainKey.unsafeArray(), counter, reached));
    }

    ReceivingChain withoutSkipped(int position) {
        return new ReceivingChain(ratchetKey, chainKey, counter, skipped.without(position));
    }
}
