package dev.waggle.signal.session;

import dev.waggle.address.Bytes;
import dev.waggle.signal.SignalException;
import dev.waggle.signal.message.PublicKeys;
import org.jspecify.annotations.Nullable;

/// What is known beforehand of the device that a message claims to come from: the identity key under which we know
/// it (32 bytes), and by how many counters it may run ahead on one chain.
public record Peer(@Nullable Bytes knownIdentity, int forwardJumpsMax) {
    public static final int JUMPS_MAX = 2_000;
    public static final int OWN_DEVICE_JUMPS_MAX = 25_000;

    public Peer {
        if (knownIdentity != null) {
            PublicKeys.check("known-identity", knownIdentity);
        }
        if (forwardJumpsMax < 1) {
            throw new SignalException("forward-jumps-max", forwardJumpsMax, ">= 1");
        }
    }

    /// Nothing is known but what the record says: the first identity is trusted, a change is not.
    public static Peer unknown() {
        return new Peer(null, JUMPS_MAX);
    }

    public static Peer known(Bytes identity) {
        return new Peer(identity, JUMPS_MAX);
    }

    /// A device of our own account: it sends us much that we may have missed.
    public static Peer ownDevice(@Nullable Bytes identity) {
        return new Peer(identity, OWN_DEVICE_JUMPS_MAX);
    }
}
