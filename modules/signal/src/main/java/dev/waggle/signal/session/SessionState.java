package dev.waggle.signal.session;

import dev.waggle.address.Bytes;
import dev.waggle.crypto.KeyPair;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// One session. Keys are 32 bytes; `baseKey` is the initiator's and names the session on both sides.
record SessionState(
        Bytes remoteIdentity,
        int remoteRegistrationId,
        Bytes baseKey,
        Bytes rootKey,
        Sending sending,
        List<ReceivingChain> receiving,
        @Nullable Unanswered unanswered) {
    static final int RECEIVING_MAX = 5;

    /// We started it and have heard nothing yet: every message repeats which keys we used.
    record Unanswered(OptionalInt preKeyId, int signedPreKeyId) {}

    SessionState {
        receiving = List.copyOf(receiving);
    }

    boolean canSend() {
        return !(sending instanceof Sending.Closed);
    }

    @Nullable
    ReceivingChain receiving(Bytes ratchetKey) {
        for (int i = receiving.size() - 1; i >= 0; i--) {
            if (receiving.get(i).ratchetKey().equals(ratchetKey)) {
                return receiving.get(i);
            }
        }
        return null;
    }

    @SuppressWarnings("ReferenceEquality") // unchanged means the same object
    SessionState with(Sending other) {
        return other == sending
                ? this
                : new SessionState(
                        remoteIdentity, remoteRegistrationId, baseKey, rootKey, other, receiving, unanswered);
    }

    /// With `chain` in the place of the one of the same ratchet key; and answered, because something was read.
    SessionState read(ReceivingChain chain) {
        var chains = new ReceivingChain[receiving.size()];
        for (int i = 0; i < chains.length; i++) {
            var old = receiving.get(i);
            chains[i] = old.ratchetKey().equals(chain.ratchetKey()) ? chain : old;
        }
        return new SessionState(remoteIdentity, remoteRegistrationId, baseKey, rootKey, sending, List.of(chains), null);
    }

    /// Whether a message on a chain that we do not know could be authentic: the other side turns its ratchet only
    /// after it has seen our newest key, and a key that is still due has never left.
    boolean canFollow() {
        return !(sending instanceof Sending.Due);
    }

    /// Follows a turn of the other side; our own answer to it stays due until something is sent.
    SessionState followed(Bytes theirs, SecureRandom random) {
        var step = RootStep.turn(rootKey, ourPrivateKey(), theirs);
        var chains = new ArrayList<>(receiving);
        chains.add(ReceivingChain.fresh(theirs, step.chainKey()));
        var newest = chains.size() > RECEIVING_MAX ? chains.subList(1, chains.size()) : chains;
        int last = sending instanceof Sending.Open open ? open.lastCounter() : sending.previousCounter();
        var due = new Sending.Due(drawn(random), theirs, last);
        return new SessionState(remoteIdentity, remoteRegistrationId, baseKey, step.rootKey(), due, newest, unanswered);
    }

    private Bytes ourPrivateKey() {
        return switch (sending) {
            case Sending.Open open -> open.ratchet().privateKey();
            case Sending.Closed closed -> closed.privateKey();
            case Sending.Due due -> due.privateKey();
        };
    }

    /// With a sending chain that is computed, not due.
    SessionState opened() {
        if (!(sending instanceof Sending.Due due)) {
            return this;
        }
        var step = RootStep.turn(rootKey, due.privateKey(), due.theirs());
        var open = new Sending.Open(KeyPair.of(due.privateKey()), step.chainKey(), 0, 0, due.previousCounter());
        return new SessionState(
                remoteIdentity, remoteRegistrationId, baseKey, step.rootKey(), open, receiving, unanswered);
    }

    SessionState resumed() {
        return with(sending.resumed());
    }

    SessionState parked() {
        return with(sending.parked());
    }

    /// Without anything that encrypts. A due chain may have been used after this copy was made, so it is computed,
    /// to be able to follow the answer, and dropped.
    SessionState silenced() {
        var state = opened();
        return state.sending instanceof Sending.Open open ? state.with(open.closed()) : state;
    }

    static Bytes drawn(SecureRandom random) {
        var key = new byte[32];
        random.nextBytes(key);
        key[0] &= (byte) 0xF8;
        key[31] &= 0x7F;
        key[31] |= 0x40;
        return Bytes.wrap(key);
    }
}
