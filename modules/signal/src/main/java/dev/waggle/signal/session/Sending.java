package dev.waggle.signal.session;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.KeyPair;
import dev.waggle.signal.ratchet.ChainKey;
import dev.waggle.signal.ratchet.Lease;

/// The sending half of a state. `previousCounter` is the last counter of the chain before, for the other side.
sealed interface Sending {
    int previousCounter();

    /// Not above the stored ceiling: the next message may leave without a write.
    default boolean covered() {
        return false;
    }

    default Sending resumed() {
        return this;
    }

    default Sending parked() {
        return this;
    }

    /// A chain in use; `counter` is that of the next message.
    record Open(KeyPair ratchet, Bytes chainKey, int counter, int ceiling, int previousCounter) implements Sending {
        public Open {
            Lease.check(counter, ceiling);
        }

        Open advanced(byte[] nextChainKey) {
            return new Open(
                    ratchet, Bytes.wrap(nextChainKey), counter + 1, Lease.raised(counter, ceiling), previousCounter);
        }

        @Override
        public boolean covered() {
            return counter < ceiling;
        }

        @Override
        public Open resumed() {
            return new Open(ratchet, ChainKey.after(chainKey, ceiling - counter), ceiling, ceiling, previousCounter);
        }

        @Override
        public Open parked() {
            return new Open(ratchet, chainKey, counter, counter, previousCounter);
        }

        Closed closed() {
            return new Closed(ratchet.privateKey(), lastCounter());
        }

        int lastCounter() {
            return Math.max(counter - 1, 0);
        }
    }

    /// The next chain, not yet computed: who only receives never pays for the second agreement of a turn.
    /// The private key is drawn when the turn comes, so that encrypting needs no randomness.
    record Due(Bytes privateKey, Bytes theirs, int previousCounter) implements Sending {}

    /// No chain to send on, but a private key with which the other side's next turn can be followed.
    record Closed(Bytes privateKey, int previousCounter) implements Sending {}
}
