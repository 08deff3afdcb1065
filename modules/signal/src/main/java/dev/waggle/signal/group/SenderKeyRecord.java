package dev.waggle.signal.group;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.waggle.address.Bytes;
import dev.waggle.proto.signal.StoredSenderKey;
import dev.waggle.proto.signal.StoredSenderKeyState;
import dev.waggle.signal.SignalException;
import dev.waggle.signal.ratchet.SkippedKeys;
import dev.waggle.signal.stored.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The sender keys of one device in one group, newest first, at most 5. A value, as [dev.waggle.signal.session.SessionRecord] is,
/// with the same life: [#parse], [#resume] after any load, [SenderKeys] while live, [#parked] as an orderly farewell.
/// Our own record holds one key, the one that we send under; a record of others holds none with which one could send.
public final class SenderKeyRecord {
    static final int STATES_MAX = 5;

    private final List<SenderKeyState> states;

    SenderKeyRecord(List<SenderKeyState> states) {
        this.states = List.copyOf(states.size() > STATES_MAX ? states.subList(0, STATES_MAX) : states);
    }

    /// @throws SignalException when the bytes are not what [#encode] wrote; such a row counts as absent
    public static SenderKeyRecord parse(byte[] stored) {
        try {
            var record = StoredSenderKey.parseFrom(stored);
            if (record.getStatesCount() > STATES_MAX) {
                throw new SignalException("states", record.getStatesCount(), "<= " + STATES_MAX);
            }
            return new SenderKeyRecord(
                    record.getStatesList().stream().map(SenderKeyRecord::state).toList());
        } catch (InvalidProtocolBufferException e) {
            throw new SignalException("sender key record", stored.length + " bytes", "a stored sender key");
        }
    }

    public Bytes encode() {
        var record = StoredSenderKey.newBuilder();
        for (var state : states) {
            record.addStates(stored(state));
        }
        return Bytes.wrap(record.build().toByteArray());
    }

    /// To be called after every load: our own chain goes on at its stored ceiling.
    public SenderKeyRecord resume() {
        return mapped(SenderKeyState::resumed);
    }

    /// What an orderly farewell stores: the next iteration is the ceiling.
    public SenderKeyRecord parked() {
        return mapped(SenderKeyState::parked);
    }

    /// For a record out of a backup: keys of our own are dropped, for others may have sent under them since. When nothing
    /// is left of ours, [SenderKeys#create] makes a new one.
    public SenderKeyRecord droppedSendingChains() {
        return new SenderKeyRecord(
                states.stream().filter(state -> !state.own()).toList());
    }

    /// True when there is a key of our own to send under.
    public boolean canSend() {
        return !states.isEmpty() && states.getFirst().own();
    }

    /// True when the stored ceiling covers the next iteration.
    public boolean covered() {
        return canSend() && states.getFirst().covered();
    }

    public boolean isEmpty() {
        return states.isEmpty();
    }

    /// The newest, or nothing in an empty record.
    @Nullable SenderKeyState newest() {
        return states.isEmpty() ? null : states.getFirst();
    }

    @Nullable SenderKeyState state(int keyId) {
        for (var state : states) {
            if (state.keyId() == keyId) {
                return state;
            }
        }
        return null;
    }

    /// With `next` in the place of the one of the same id, or in front.
    SenderKeyRecord with(SenderKeyState next) {
        var others = new ArrayList<SenderKeyState>(states.size() + 1);
        boolean replaced = false;
        for (var state : states) {
            boolean same = state.keyId() == next.keyId();
            others.add(same ? next : state);
            replaced |= same;
        }
        if (!replaced) {
            others.addFirst(next);
        }
        return new SenderKeyRecord(others);
    }

    /// With `fresh` in front and no other of its id.
    SenderKeyRecord withNew(SenderKeyState fresh) {
        var all = new ArrayList<SenderKeyState>(states.size() + 1);
        all.add(fresh);
        states.stream().filter(state -> state.keyId() != fresh.keyId()).forEach(all::add);
        return new SenderKeyRecord(all);
    }

    private SenderKeyRecord mapped(UnaryOperator<SenderKeyState> change) {
        return new SenderKeyRecord(states.stream().map(change).toList());
    }

    private static SenderKeyState state(StoredSenderKeyState stored) {
        int iteration = Stored.counter("iteration", stored.getIteration());
        return new SenderKeyState(
                stored.getKeyId(),
                Stored.key("chain-key", stored.getChainKey()),
                iteration,
                Stored.key("signing-public", stored.getSigningPublic()),
                stored.hasSigningPrivate() ? Stored.key("signing-private", stored.getSigningPrivate()) : null,
                Stored.counter("ceiling", stored.getCeiling()),
                SkippedKeys.parse(stored.getSkipped(), iteration));
    }

    private static StoredSenderKeyState stored(SenderKeyState state) {
        var stored = StoredSenderKeyState.newBuilder()
                .setKeyId(state.keyId())
                .setChainKey(Stored.string(state.chainKey()))
                .setIteration(state.iteration())
                .setSigningPublic(Stored.string(state.signingPublic()));
        var signing = state.signingPrivate();
        if (signing != null) {
            stored.setSigningPrivate(Stored.string(signing)).setCeiling(state.ceiling());
        }
        if (state.skipped().size() > 0) {
            stored.setSkipped(state.skipped().stored());
        }
        return stored.build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SenderKeyRecord that && states.equals(that.states);
    }

    @Override
    public int hashCode() {
        return states.hashCode();
    }

    @Override
    public String toString() {
        return "SenderKeyRecord[" + states.size() + "]";
    }
}
